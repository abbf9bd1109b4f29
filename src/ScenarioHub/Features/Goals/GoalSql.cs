using ScenarioHub.Platform.Data;

namespace ScenarioHub.Features.Goals;

/// <summary>Every statement over <c>goal</c>, <c>goal_standing</c>, <c>goal_value</c> and <c>goal_evaluation</c>.</summary>
internal static class GoalSql
{
    // Seen by whoever stands above the goal's scope (the whole is his) or within it (the goal is his, the whole is not).
    public static readonly SqlText Find = SqlText.Both("""
        SELECT g.goal_id AS GoalId, g.organization_id AS OrganizationId, o.name AS OrganizationName, g.code AS Code, g.kind AS Kind, g.statement_zh AS StatementZh, g.statement_en AS StatementEn,
               g.source_document AS SourceDocument, g.doc_no AS DocNo, g.issuer AS Issuer, g.issued_on AS IssuedOn, g.source_seen AS SourceSeen, g.evidence AS Evidence,
               g.metric_code AS MetricCode, g.definition_zh AS DefinitionZh, g.unit AS Unit, g.comparator AS Comparator, g.baseline_quantity AS BaselineQuantity, g.baseline_on AS BaselineOn,
               g.target_quantity AS TargetQuantity, g.due_on AS DueOn, g.scope_level AS ScopeLevel, g.scope_text AS ScopeText, g.formula AS FormulaJson, g.proxy_zh AS ProxyZh, g.proxy_en AS ProxyEn,
               g.state AS State, g.version AS Version, g.inputs_no AS InputsNo, o.closed_on AS OrganizationClosedOn,
               CASE WHEN EXISTS (SELECT 1 FROM organization_ancestor a
                                 WHERE a.tenant_id = @TenantId AND a.ancestor_id = @Within AND a.organization_id = g.organization_id) THEN 1 ELSE 0 END AS Whole,
               e.evaluation_no AS EvaluationNo, e.first_evaluated_at AS FirstEvaluatedAt, e.evaluated_at AS EvaluatedAt, e.closing_no AS ClosingNo, e.last_closing_no AS LastClosingNo,
               e.goal_version AS GoalVersion, e.comparator AS JudgedComparator, e.target_quantity AS JudgedTarget, e.due_on AS JudgedDueOn, e.as_of AS AsOf,
               e.value_quantity AS ValueQuantity, e.low_quantity AS LowQuantity, e.high_quantity AS HighQuantity, e.expected AS Expected, e.reported AS Reported, e.missing AS Missing,
               e.missing_millionths AS MissingMillionths, e.low_grade_millionths AS LowGradeMillionths, e.forecast_quantity AS ForecastQuantity,
               e.forecast_low_quantity AS ForecastLowQuantity, e.forecast_high_quantity AS ForecastHighQuantity, e.verdict AS Verdict, e.reasons AS Reasons, s.document AS StandingDocument
        FROM goal g
        JOIN organization o ON o.tenant_id = g.tenant_id AND o.organization_id = g.organization_id
        LEFT JOIN goal_standing s ON s.tenant_id = @TenantId AND s.goal_id = g.goal_id
        LEFT JOIN goal_evaluation e ON e.tenant_id = @TenantId AND e.goal_id = s.goal_id AND e.evaluation_no = s.evaluation_no
        WHERE g.tenant_id = @TenantId AND o.tenant_id = @TenantId
          AND g.goal_id = @GoalId
          AND (EXISTS (SELECT 1 FROM organization_ancestor a
                       WHERE a.tenant_id = @TenantId AND a.ancestor_id = @Within AND a.organization_id = g.organization_id)
            OR EXISTS (SELECT 1 FROM organization_ancestor a
                       WHERE a.tenant_id = @TenantId AND a.ancestor_id = g.organization_id AND a.organization_id = @Within))
        """);

    // A verdict is only looked for where the whole is the caller's: a filter that finds is an answer.
    public static readonly SqlText List = SqlText.Page("""
        SELECT g.goal_id AS GoalId, g.organization_id AS OrganizationId, o.name AS OrganizationName, g.code AS Code, g.kind AS Kind, g.statement_zh AS StatementZh, g.statement_en AS StatementEn,
               g.source_document AS SourceDocument, g.doc_no AS DocNo, g.issuer AS Issuer, g.issued_on AS IssuedOn, g.source_seen AS SourceSeen, g.evidence AS Evidence,
               g.metric_code AS MetricCode, g.definition_zh AS DefinitionZh, g.unit AS Unit, g.comparator AS Comparator, g.baseline_quantity AS BaselineQuantity, g.baseline_on AS BaselineOn,
               g.target_quantity AS TargetQuantity, g.due_on AS DueOn, g.scope_level AS ScopeLevel, g.scope_text AS ScopeText, g.formula AS FormulaJson, g.proxy_zh AS ProxyZh, g.proxy_en AS ProxyEn,
               g.state AS State, g.version AS Version, g.inputs_no AS InputsNo,
               CASE WHEN EXISTS (SELECT 1 FROM organization_ancestor a
                                 WHERE a.tenant_id = @TenantId AND a.ancestor_id = @Within AND a.organization_id = g.organization_id) THEN 1 ELSE 0 END AS Whole,
               e.evaluation_no AS EvaluationNo, e.first_evaluated_at AS FirstEvaluatedAt, e.evaluated_at AS EvaluatedAt, e.closing_no AS ClosingNo, e.last_closing_no AS LastClosingNo,
               e.goal_version AS GoalVersion, e.comparator AS JudgedComparator, e.target_quantity AS JudgedTarget, e.due_on AS JudgedDueOn, e.as_of AS AsOf,
               e.value_quantity AS ValueQuantity, e.low_quantity AS LowQuantity, e.high_quantity AS HighQuantity, e.expected AS Expected, e.reported AS Reported, e.missing AS Missing,
               e.missing_millionths AS MissingMillionths, e.low_grade_millionths AS LowGradeMillionths, e.forecast_quantity AS ForecastQuantity,
               e.forecast_low_quantity AS ForecastLowQuantity, e.forecast_high_quantity AS ForecastHighQuantity, e.verdict AS Verdict, e.reasons AS Reasons
        FROM goal g
        JOIN organization o ON o.tenant_id = g.tenant_id AND o.organization_id = g.organization_id
        LEFT JOIN goal_standing s ON s.tenant_id = @TenantId AND s.goal_id = g.goal_id
        LEFT JOIN goal_evaluation e ON e.tenant_id = @TenantId AND e.goal_id = s.goal_id AND e.evaluation_no = s.evaluation_no
        WHERE g.tenant_id = @TenantId AND o.tenant_id = @TenantId
          AND g.goal_id > @AfterId
          AND g.state = @State
          AND (@Kind IS NULL OR g.kind = @Kind)
          AND (@Scope IS NULL OR g.scope_level = @Scope)
          AND (@Verdict IS NULL OR (s.verdict = @Verdict
               AND EXISTS (SELECT 1 FROM organization_ancestor a
                           WHERE a.tenant_id = @TenantId AND a.ancestor_id = @Within AND a.organization_id = g.organization_id)))
          AND (EXISTS (SELECT 1 FROM organization_ancestor a
                       WHERE a.tenant_id = @TenantId AND a.ancestor_id = @Within AND a.organization_id = g.organization_id)
            OR EXISTS (SELECT 1 FROM organization_ancestor a
                       WHERE a.tenant_id = @TenantId AND a.ancestor_id = g.organization_id AND a.organization_id = @Within))
        ORDER BY g.goal_id
        """);

    public static readonly SqlText FindOrganization = SqlText.Both("""
        SELECT o.organization_id AS OrganizationId, o.region AS Region
        FROM organization o
        JOIN organization_ancestor a ON a.tenant_id = o.tenant_id AND a.organization_id = o.organization_id
        WHERE o.tenant_id = @TenantId AND a.tenant_id = @TenantId
          AND a.ancestor_id = @Within
          AND o.organization_id = @OrganizationId
        """);

    public static readonly SqlText CodesOf = SqlText.Both("""
        SELECT g.code FROM goal g WHERE g.tenant_id = @TenantId AND g.organization_id = @OrganizationId AND g.code IN @GoalCodes
        """);

    public static readonly SqlText NamesOf = SqlText.Both("""
        SELECT o.organization_id AS OrganizationId, o.name AS Name
        FROM organization o
        JOIN organization_ancestor a ON a.tenant_id = o.tenant_id AND a.organization_id = o.organization_id
        WHERE o.tenant_id = @TenantId AND a.tenant_id = @TenantId
          AND a.ancestor_id = @Within
          AND o.organization_id IN @OrganizationIds
        """);

    public static readonly SqlText Update = SqlText.Both("""
        UPDATE goal
        SET statement_zh = @StatementZh, statement_en = @StatementEn, source_document = @SourceDocument, doc_no = @DocNo, issuer = @Issuer, issued_on = @IssuedOn,
            source_seen = @SourceSeen, evidence = @Evidence, metric_code = @MetricCode, definition_zh = @DefinitionZh, unit = @Unit, comparator = @Comparator,
            baseline_quantity = @BaselineQuantity, baseline_on = @BaselineOn, target_quantity = @TargetQuantity, due_on = @DueOn, scope_level = @ScopeLevel, scope_text = @ScopeText,
            formula = @FormulaJson, reads_ledger = @IsReadFromLedger, proxy_zh = @ProxyZh, proxy_en = @ProxyEn, state = @State,
            version = version + 1, inputs_no = inputs_no + 1, updated_by = @UserId, updated_at = @Now
        WHERE tenant_id = @TenantId AND goal_id = @GoalId AND version = @Version
        """);

    // ---- figures recorded by hand

    // Beside the unique revision of a day, which decides a race, this makes every evaluation under way start from older inputs than the goal's.
    public static readonly SqlText TakeInput = SqlText.Both("""
        UPDATE goal SET inputs_no = inputs_no + 1 WHERE tenant_id = @TenantId AND goal_id = @GoalId
        """);

    public static readonly SqlText StandingOfDay = SqlText.Both("""
        SELECT v.goal_value_id AS Id, v.revision AS Revision
        FROM goal_value v
        WHERE v.tenant_id = @TenantId AND v.goal_id = @GoalId AND v.as_of = @AsOf
          AND NOT EXISTS (SELECT 1 FROM goal_value w
                          WHERE w.tenant_id = @TenantId AND w.goal_id = v.goal_id AND w.as_of = v.as_of AND w.revision > v.revision)
        """);

    public static readonly SqlText StandingValues = SqlText.Page("""
        SELECT v.as_of AS AsOf, v.value_quantity AS ValueQuantity, v.low_quantity AS LowQuantity, v.high_quantity AS HighQuantity, v.grade AS Grade
        FROM goal_value v
        WHERE v.tenant_id = @TenantId AND v.goal_id = @GoalId AND v.value_quantity IS NOT NULL
          AND NOT EXISTS (SELECT 1 FROM goal_value w
                          WHERE w.tenant_id = @TenantId AND w.goal_id = v.goal_id AND w.as_of = v.as_of AND w.revision > v.revision)
        ORDER BY v.as_of DESC, v.goal_value_id DESC
        """);

    public static readonly SqlText ListValues = SqlText.Page("""
        SELECT v.goal_value_id AS Id, v.as_of AS AsOf, v.revision AS Revision, v.value_quantity AS ValueQuantity, v.low_quantity AS LowQuantity, v.high_quantity AS HighQuantity,
               v.grade AS Grade, v.source AS Source, v.url AS Url, v.document_no AS DocumentNo, v.note AS Note, u.display_name AS RecordedBy, v.recorded_at AS RecordedAt,
               (SELECT w.goal_value_id FROM goal_value w
                WHERE w.tenant_id = @TenantId AND w.goal_id = v.goal_id AND w.as_of = v.as_of AND w.revision = v.revision + 1) AS SupersededBy
        FROM goal_value v
        LEFT JOIN app_user u ON u.tenant_id = @TenantId AND u.user_id = v.recorded_by
        WHERE v.tenant_id = @TenantId AND v.goal_id = @GoalId
          AND v.goal_value_id < @Before
        ORDER BY v.goal_value_id DESC
        """);

    // ---- evaluations

    // A month that nobody called for has no missing figures, and is not complete for that: only calls over the whole of a subtree count.
    public static readonly SqlText Called = SqlText.Both("""
        SELECT c.first_period AS FirstPeriod, c.last_period AS LastPeriod, c.sectors AS Sectors, c.measures AS Measures
        FROM collection c
        JOIN organization_ancestor a ON a.tenant_id = c.tenant_id AND a.ancestor_id = c.organization_id
        WHERE c.tenant_id = @TenantId AND a.tenant_id = @TenantId
          AND a.organization_id = @OrganizationId
          AND c.state IN ('open', 'due', 'locked')
        ORDER BY c.collection_id
        """);

    public static readonly SqlText DueTenants = SqlText.AcrossTenants("the clock asks which tenants have goals to evaluate, then evaluates each as that tenant", """
        SELECT o.tenant_id AS TenantId, o.organization_id AS RootId
        FROM organization o
        JOIN ledger_head h ON h.tenant_id = o.tenant_id
        WHERE o.parent_id IS NULL
          AND EXISTS (SELECT 1
                      FROM goal g
                      LEFT JOIN goal_standing s ON s.tenant_id = g.tenant_id AND s.goal_id = g.goal_id
                      WHERE g.tenant_id = o.tenant_id AND g.state = 'active'
                        AND (s.goal_id IS NULL OR s.inputs_no < g.inputs_no OR s.evaluated_on < @Today
                          OR (g.reads_ledger = 1 AND s.evaluated_entry_no < h.through_entry_no)))
        ORDER BY o.tenant_id
        """);

    public static readonly SqlText Due = SqlText.Page("""
        SELECT g.goal_id
        FROM goal g
        JOIN ledger_head h ON h.tenant_id = g.tenant_id
        LEFT JOIN goal_standing s ON s.tenant_id = @TenantId AND s.goal_id = g.goal_id
        WHERE g.tenant_id = @TenantId AND h.tenant_id = @TenantId AND g.state = 'active'
          AND g.goal_id > @AfterId
          AND (s.goal_id IS NULL OR s.inputs_no < g.inputs_no OR s.evaluated_on < @Today
            OR (g.reads_ledger = 1 AND s.evaluated_entry_no < h.through_entry_no))
        ORDER BY g.goal_id
        """);

    public static readonly SqlText LastClosing = SqlText.Both("""
        SELECT h.last_closing_no AS ClosingNo, h.through_entry_no AS ThroughEntryNo FROM ledger_head h WHERE h.tenant_id = @TenantId
        """);

    // Held until the evaluation is written: whoever changes the goal or its figures waits, and one made from older inputs finds no row.
    public static readonly SqlText Hold = SqlText.Both("""
        UPDATE goal SET inputs_no = inputs_no WHERE tenant_id = @TenantId AND goal_id = @GoalId AND inputs_no = @InputsNo
        """);

    public static readonly SqlText LastEvaluation = SqlText.Both("""
        SELECT s.evaluated_entry_no AS EvaluatedEntryNo, s.inputs_no AS InputsNo, e.evaluation_no AS EvaluationNo, e.first_evaluated_at AS FirstEvaluatedAt, e.evaluated_at AS EvaluatedAt, e.closing_no AS ClosingNo, e.last_closing_no AS LastClosingNo,
               e.goal_version AS GoalVersion, e.comparator AS JudgedComparator, e.target_quantity AS JudgedTarget, e.due_on AS JudgedDueOn, e.as_of AS AsOf,
               e.value_quantity AS ValueQuantity, e.low_quantity AS LowQuantity, e.high_quantity AS HighQuantity, e.expected AS Expected, e.reported AS Reported, e.missing AS Missing,
               e.missing_millionths AS MissingMillionths, e.low_grade_millionths AS LowGradeMillionths, e.forecast_quantity AS ForecastQuantity,
               e.forecast_low_quantity AS ForecastLowQuantity, e.forecast_high_quantity AS ForecastHighQuantity, e.verdict AS Verdict, e.reasons AS Reasons
        FROM goal_standing s
        JOIN goal_evaluation e ON e.tenant_id = s.tenant_id AND e.goal_id = s.goal_id AND e.evaluation_no = s.evaluation_no
        WHERE s.tenant_id = @TenantId AND e.tenant_id = @TenantId AND s.goal_id = @GoalId
        """);

    public static readonly SqlText Confirm = SqlText.Both("""
        UPDATE goal_evaluation
        SET evaluated_at = @Now, last_closing_no = @ClosingNo
        WHERE tenant_id = @TenantId AND goal_id = @GoalId AND evaluation_no = @EvaluationNo
        """);

    public static readonly SqlText UpdateStanding = SqlText.Both("""
        UPDATE goal_standing
        SET inputs_no = @InputsNo, evaluated_on = @Today, evaluated_entry_no = @ThroughEntryNo, evaluation_no = @EvaluationNo, verdict = @Verdict, document = @Document
        WHERE tenant_id = @TenantId AND goal_id = @GoalId
        """);

    public static readonly SqlText ListEvaluations = SqlText.Page("""
        SELECT e.evaluation_no AS EvaluationNo, e.first_evaluated_at AS FirstEvaluatedAt, e.evaluated_at AS EvaluatedAt, e.closing_no AS ClosingNo, e.last_closing_no AS LastClosingNo,
               e.goal_version AS GoalVersion, e.comparator AS JudgedComparator, e.target_quantity AS JudgedTarget, e.due_on AS JudgedDueOn, e.as_of AS AsOf,
               e.value_quantity AS ValueQuantity, e.low_quantity AS LowQuantity, e.high_quantity AS HighQuantity, e.expected AS Expected, e.reported AS Reported, e.missing AS Missing,
               e.missing_millionths AS MissingMillionths, e.low_grade_millionths AS LowGradeMillionths, e.forecast_quantity AS ForecastQuantity,
               e.forecast_low_quantity AS ForecastLowQuantity, e.forecast_high_quantity AS ForecastHighQuantity, e.verdict AS Verdict, e.reasons AS Reasons
        FROM goal_evaluation e
        WHERE e.tenant_id = @TenantId AND e.goal_id = @GoalId
          AND e.evaluation_no < @Before
        ORDER BY e.evaluation_no DESC
        """);
}

using ScenarioHub.Platform.Data;

namespace ScenarioHub.Features.Scenarios;

/// <summary>Every statement over <c>scenario</c> and the tables that hang on it.</summary>
internal static class ScenarioSql
{
    public static readonly SqlText Insert = SqlText.Both("""
        INSERT INTO scenario (tenant_id, scenario_id, organization_id, code, name, kind, state, stage, stage_since, industry_division, region, key_action,
                              business_domain, open_scope, strategic_batch, state_secret, go_live_on, capex_total_fen, opex_year_fen,
                              crit_strategic, crit_economic, crit_livelihood, document, version, created_by, created_at, updated_at)
        VALUES (@TenantId, @ScenarioId, @OrganizationId, @Code, @Name, @Kind, @State, @Stage, @StageSince, @IndustryDivision, @Region, @KeyAction,
                @BusinessDomain, @OpenScope, @StrategicBatch, @StateSecret, @GoLiveOn, @CapexTotalFen, @OpexYearFen,
                @CritStrategic, @CritEconomic, @CritLivelihood, @Document, @Version, @UserId, @Now, @Now)
        """);

    public static readonly SqlText Revise = SqlText.Both("""
        UPDATE scenario
        SET organization_id = @OrganizationId,
            code = @Code,
            name = @Name,
            kind = @Kind,
            state = @State,
            stage = @Stage,
            stage_since = @StageSince,
            industry_division = @IndustryDivision,
            region = @Region,
            key_action = @KeyAction,
            business_domain = @BusinessDomain,
            open_scope = @OpenScope,
            strategic_batch = @StrategicBatch,
            state_secret = @StateSecret,
            go_live_on = @GoLiveOn,
            capex_total_fen = @CapexTotalFen,
            opex_year_fen = @OpexYearFen,
            crit_strategic = @CritStrategic,
            crit_economic = @CritEconomic,
            crit_livelihood = @CritLivelihood,
            document = @Document,
            version = version + 1,
            updated_at = @Now
        WHERE tenant_id = @TenantId AND scenario_id = @ScenarioId AND state = @Expected AND version = @Version
        """);

    public static readonly SqlText ChangeState = SqlText.Both("""
        UPDATE scenario
        SET state = @State,
            return_reason = @ReturnReason,
            version = version + 1,
            updated_at = @Now
        WHERE tenant_id = @TenantId AND scenario_id = @ScenarioId AND state = @Expected AND version = @Version
        """);

    public static readonly SqlText Approve = SqlText.Both("""
        UPDATE scenario
        SET state = 'approved',
            return_reason = NULL,
            approved_version = version + 1,
            version = version + 1,
            updated_at = @Now
        WHERE tenant_id = @TenantId AND scenario_id = @ScenarioId AND state = 'submitted' AND version = @Version
        """);

    public static readonly SqlText Retire = SqlText.Both("""
        UPDATE scenario
        SET state = 'retired',
            stage = 'retired',
            stage_since = @RetiredOn,
            approved_version = version + 1,
            version = version + 1,
            updated_at = @Now
        WHERE tenant_id = @TenantId AND scenario_id = @ScenarioId AND state = 'approved' AND version = @Version
        """);

    // Which unique rule a write broke: asked after the index refused it, to word the refusal.
    public static readonly SqlText Clashes = SqlText.Both("""
        SELECT
            (SELECT COUNT(*) FROM scenario s
             WHERE s.tenant_id = @TenantId AND s.code = @Code AND s.scenario_id <> @ScenarioId) AS Codes,
            (SELECT COUNT(*) FROM scenario s
             WHERE s.tenant_id = @TenantId AND s.organization_id = @OrganizationId AND s.name = @Name AND s.scenario_id <> @ScenarioId) AS Names
        """);

    public static readonly SqlText CountCodeUp = SqlText.Both("""
        UPDATE scenario_code_counter
        SET last_number = last_number + 1
        WHERE tenant_id = @TenantId AND prefix = @Prefix
        """);

    public static readonly SqlText StartCodeCounter = SqlText.Both("""
        INSERT INTO scenario_code_counter (tenant_id, prefix, last_number)
        VALUES (@TenantId, @Prefix, 1)
        """);

    public static readonly SqlText LastCodeNumber = SqlText.Both("""
        SELECT c.last_number
        FROM scenario_code_counter c
        WHERE c.tenant_id = @TenantId AND c.prefix = @Prefix
        """);

    public static readonly SqlText FindOrganizationById = SqlText.Both("""
        SELECT o.organization_id AS OrganizationId, o.name AS Name, o.closed_on AS ClosedOn
        FROM organization o
        JOIN organization_ancestor a ON a.tenant_id = o.tenant_id AND a.organization_id = o.organization_id
        WHERE o.tenant_id = @TenantId AND a.tenant_id = @TenantId
          AND a.ancestor_id = @Within
          AND o.organization_id = @OrganizationId
        """);

    public static readonly SqlText FindOrganizationByCreditCode = SqlText.Both("""
        SELECT o.organization_id AS OrganizationId, o.name AS Name, o.closed_on AS ClosedOn
        FROM organization o
        JOIN organization_ancestor a ON a.tenant_id = o.tenant_id AND a.organization_id = o.organization_id
        WHERE o.tenant_id = @TenantId AND a.tenant_id = @TenantId
          AND a.ancestor_id = @Within
          AND o.credit_code = @CreditCode
        """);

    public static readonly SqlText Find = SqlText.Both("""
        SELECT s.scenario_id AS ScenarioId, s.organization_id AS OrganizationId, s.code AS Code, s.name AS Name, s.kind AS Kind, s.state AS State,
               s.stage AS Stage, s.stage_since AS StageSince, s.industry_division AS IndustryDivision, s.region AS Region, s.key_action AS KeyAction,
               s.business_domain AS BusinessDomain, s.open_scope AS OpenScope, s.strategic_batch AS StrategicBatch, s.state_secret AS StateSecret,
               s.go_live_on AS GoLiveOn, s.capex_total_fen AS CapexTotalFen, s.opex_year_fen AS OpexYearFen, s.crit_strategic AS CritStrategic,
               s.crit_economic AS CritEconomic, s.crit_livelihood AS CritLivelihood, s.document AS Document, s.version AS Version,
               s.approved_version AS ApprovedVersion, s.return_reason AS ReturnReason, s.created_at AS CreatedAt, s.updated_at AS UpdatedAt,
               o.name AS OrganizationName, u.display_name AS CreatedBy,
               t.stage AS ApprovedStage, t.stage_since AS ApprovedStageSince, t.sector AS ApprovedSector, t.region AS ApprovedRegion,
               t.key_action AS ApprovedKeyAction, t.organization_id AS ApprovedOrganizationId
        FROM scenario s
        JOIN organization_ancestor a ON a.tenant_id = s.tenant_id AND a.organization_id = s.organization_id
        JOIN organization o ON o.tenant_id = s.tenant_id AND o.organization_id = s.organization_id
        LEFT JOIN app_user u ON u.tenant_id = @TenantId AND u.user_id = s.created_by
        LEFT JOIN scenario_standing t ON t.tenant_id = @TenantId AND t.scenario_id = s.scenario_id
        WHERE s.tenant_id = @TenantId AND a.tenant_id = @TenantId AND o.tenant_id = @TenantId
          AND a.ancestor_id = @Within
          AND s.scenario_id = @ScenarioId
        """);

    public static readonly SqlText FindMany = SqlText.Both("""
        SELECT s.scenario_id AS ScenarioId, s.organization_id AS OrganizationId, s.code AS Code, s.name AS Name, s.kind AS Kind, s.state AS State,
               s.stage AS Stage, s.stage_since AS StageSince, s.industry_division AS IndustryDivision, s.region AS Region, s.key_action AS KeyAction,
               s.business_domain AS BusinessDomain, s.open_scope AS OpenScope, s.strategic_batch AS StrategicBatch, s.state_secret AS StateSecret,
               s.go_live_on AS GoLiveOn, s.capex_total_fen AS CapexTotalFen, s.opex_year_fen AS OpexYearFen, s.crit_strategic AS CritStrategic,
               s.crit_economic AS CritEconomic, s.crit_livelihood AS CritLivelihood, s.document AS Document, s.version AS Version,
               s.approved_version AS ApprovedVersion, s.return_reason AS ReturnReason, s.created_at AS CreatedAt, s.updated_at AS UpdatedAt,
               o.name AS OrganizationName, u.display_name AS CreatedBy,
               t.stage AS ApprovedStage, t.stage_since AS ApprovedStageSince, t.sector AS ApprovedSector, t.region AS ApprovedRegion,
               t.key_action AS ApprovedKeyAction, t.organization_id AS ApprovedOrganizationId
        FROM scenario s
        JOIN organization_ancestor a ON a.tenant_id = s.tenant_id AND a.organization_id = s.organization_id
        JOIN organization o ON o.tenant_id = s.tenant_id AND o.organization_id = s.organization_id
        LEFT JOIN app_user u ON u.tenant_id = @TenantId AND u.user_id = s.created_by
        LEFT JOIN scenario_standing t ON t.tenant_id = @TenantId AND t.scenario_id = s.scenario_id
        WHERE s.tenant_id = @TenantId AND a.tenant_id = @TenantId AND o.tenant_id = @TenantId
          AND a.ancestor_id = @Within
          AND s.scenario_id IN @ScenarioIds
        """);

    // The same as those for one, for a batch or a file: read once for all.

    public static readonly SqlText IdsByKeys = SqlText.Both("""
        SELECT k.external_key AS Name, k.scenario_id AS ScenarioId
        FROM scenario_external_key k
        WHERE k.tenant_id = @TenantId AND k.source = @Source AND k.external_key IN @ExternalKeyTexts
        """);

    public static readonly SqlText IdsByCodes = SqlText.Both("""
        SELECT s.code AS Name, s.scenario_id AS ScenarioId
        FROM scenario s
        WHERE s.tenant_id = @TenantId AND s.code IN @ScenarioCodes
        """);

    public static readonly SqlText KeysOfMany = SqlText.Both("""
        SELECT k.scenario_id AS ScenarioId, k.source AS Source, k.external_key AS ExternalKey
        FROM scenario_external_key k
        WHERE k.tenant_id = @TenantId AND k.scenario_id IN @ScenarioIds
        ORDER BY k.scenario_id, k.source, k.external_key
        """);

    public static readonly SqlText OrganizationsByIds = SqlText.Both("""
        SELECT o.organization_id AS OrganizationId, o.name AS Name, o.closed_on AS ClosedOn, o.credit_code AS CreditCode
        FROM organization o
        JOIN organization_ancestor a ON a.tenant_id = o.tenant_id AND a.organization_id = o.organization_id
        WHERE o.tenant_id = @TenantId AND a.tenant_id = @TenantId AND a.ancestor_id = @Within AND o.organization_id IN @OrganizationIds
        """);

    public static readonly SqlText OrganizationsByCreditCodes = SqlText.Both("""
        SELECT o.organization_id AS OrganizationId, o.name AS Name, o.closed_on AS ClosedOn, o.credit_code AS CreditCode
        FROM organization o
        JOIN organization_ancestor a ON a.tenant_id = o.tenant_id AND a.organization_id = o.organization_id
        WHERE o.tenant_id = @TenantId AND a.tenant_id = @TenantId AND a.ancestor_id = @Within AND o.credit_code IN @CreditCodes
        """);

    // Without the subtree: a key or code of another organization is taken all the same. Who asks goes on with Find, which has it.
    public static readonly SqlText FindIdByKey = SqlText.Both("""
        SELECT k.scenario_id
        FROM scenario_external_key k
        WHERE k.tenant_id = @TenantId AND k.source = @Source AND k.external_key = @Key
        """);

    public static readonly SqlText FindIdByCode = SqlText.Both("""
        SELECT s.scenario_id
        FROM scenario s
        WHERE s.tenant_id = @TenantId AND s.code = @Code
        """);

    public static readonly SqlText KeysOf = SqlText.Both("""
        SELECT k.source AS Source, k.external_key AS ExternalKey
        FROM scenario_external_key k
        WHERE k.tenant_id = @TenantId AND k.scenario_id = @ScenarioId
        ORDER BY k.source, k.external_key
        """);

    public static readonly SqlText InsertKey = SqlText.Both("""
        INSERT INTO scenario_external_key (tenant_id, source, external_key, scenario_id)
        VALUES (@TenantId, @Source, @Key, @ScenarioId)
        """);

    public static readonly SqlText InsertVersion = SqlText.Both("""
        INSERT INTO scenario_version (tenant_id, scenario_id, version, event, state, reason, changes, content, by_user, at)
        VALUES (@TenantId, @ScenarioId, @Version, @Event, @State, @Reason, @Changes, @Content, @UserId, @Now)
        """);

    // More than three optional filters in one statement: the list is always one range of the key within the caller's subtree, which no filter changes.
    // In the order of registration, as far as the page goes: what a large scope holds is never sorted to show its first fifty.
    public static readonly SqlText List = SqlText.Page("""
        SELECT s.scenario_id AS Id, s.code AS Code, s.name AS Name, s.kind AS Kind, s.state AS State, s.stage AS Stage, s.stage_since AS StageSince,
               s.organization_id AS OrganizationId, o.name AS OrganizationName, s.industry_division AS IndustryDivision, s.region AS Region,
               s.key_action AS KeyAction, s.business_domain AS BusinessDomain, s.open_scope AS OpenScope, s.strategic_batch AS StrategicBatch,
               s.state_secret AS StateSecret, s.go_live_on AS GoLiveOn, s.capex_total_fen AS CapexTotalFen, s.opex_year_fen AS OpexYearFen,
               s.version AS Version, s.approved_version AS ApprovedVersion, s.updated_at AS UpdatedAt
        FROM scenario s
        JOIN organization o ON o.tenant_id = s.tenant_id AND o.organization_id = s.organization_id
        WHERE s.tenant_id = @TenantId AND o.tenant_id = @TenantId
          AND s.scenario_id > @After
          AND EXISTS (SELECT 1 FROM organization_ancestor a
                      WHERE a.tenant_id = @TenantId AND a.ancestor_id = @Within AND a.organization_id = s.organization_id)
          AND EXISTS (SELECT 1 FROM organization_ancestor b
                      WHERE b.tenant_id = @TenantId AND b.ancestor_id = @OrganizationId AND b.organization_id = s.organization_id)
          AND (@Sector IS NULL OR s.industry_division IN @DivisionCodes)
          AND (@Stage IS NULL OR s.stage = @Stage)
          AND (@State IS NULL OR s.state = @State)
          AND (@Kind IS NULL OR s.kind = @Kind)
          AND (@KeyAction IS NULL OR s.key_action = @KeyAction)
          AND (@Region IS NULL OR s.region = @Region)
          AND (@Q IS NULL OR UPPER(s.name) LIKE UPPER(@Q) ESCAPE '!' OR UPPER(s.code) LIKE UPPER(@Q) ESCAPE '!')
        ORDER BY s.scenario_id
        """);

    // The same of a few organizations: begins with them, for theirs may lie anywhere among a million.
    public static readonly SqlText ListBelow = SqlText.Page("""
        SELECT s.scenario_id AS Id, s.code AS Code, s.name AS Name, s.kind AS Kind, s.state AS State, s.stage AS Stage, s.stage_since AS StageSince,
               s.organization_id AS OrganizationId, o.name AS OrganizationName, s.industry_division AS IndustryDivision, s.region AS Region,
               s.key_action AS KeyAction, s.business_domain AS BusinessDomain, s.open_scope AS OpenScope, s.strategic_batch AS StrategicBatch,
               s.state_secret AS StateSecret, s.go_live_on AS GoLiveOn, s.capex_total_fen AS CapexTotalFen, s.opex_year_fen AS OpexYearFen,
               s.version AS Version, s.approved_version AS ApprovedVersion, s.updated_at AS UpdatedAt
        FROM scenario s
        JOIN organization_ancestor a ON a.tenant_id = s.tenant_id AND a.organization_id = s.organization_id
        JOIN organization o ON o.tenant_id = s.tenant_id AND o.organization_id = s.organization_id
        WHERE s.tenant_id = @TenantId AND a.tenant_id = @TenantId AND o.tenant_id = @TenantId
          AND a.ancestor_id = @Within
          AND EXISTS (SELECT 1 FROM organization_ancestor b
                      WHERE b.tenant_id = @TenantId AND b.ancestor_id = @OrganizationId AND b.organization_id = s.organization_id)
          AND (@Sector IS NULL OR s.industry_division IN @DivisionCodes)
          AND (@Stage IS NULL OR s.stage = @Stage)
          AND (@State IS NULL OR s.state = @State)
          AND (@Kind IS NULL OR s.kind = @Kind)
          AND (@KeyAction IS NULL OR s.key_action = @KeyAction)
          AND (@Region IS NULL OR s.region = @Region)
          AND (@Q IS NULL OR UPPER(s.name) LIKE UPPER(@Q) ESCAPE '!' OR UPPER(s.code) LIKE UPPER(@Q) ESCAPE '!')
          AND s.scenario_id > @After
        ORDER BY s.scenario_id
        """);

    /// <summary>How many organizations; 0 for the whole tenant, or for what does not exist.</summary>
    public static readonly SqlText SizeOfScope = SqlText.Both("""
        SELECT COUNT(*)
        FROM organization_ancestor a
        JOIN organization o ON o.tenant_id = a.tenant_id AND o.organization_id = a.ancestor_id
        WHERE a.tenant_id = @TenantId AND o.tenant_id = @TenantId AND a.ancestor_id = @OrganizationId AND o.parent_id IS NOT NULL
        """);

    // Names that share at least @Least of up to eight pieces of the name asked about; how alike they are is worked out of the few that are left.
    public static readonly SqlText SharingPieces = SqlText.Page("""
        SELECT x.Id, x.Code, x.Name, x.State, x.Stage, x.OrganizationId, x.OrganizationName
        FROM (SELECT s.scenario_id AS Id, s.code AS Code, s.name AS Name, s.state AS State, s.stage AS Stage, s.organization_id AS OrganizationId, o.name AS OrganizationName,
                     CASE WHEN UPPER(s.name) LIKE UPPER(@P0) ESCAPE '!' THEN 1 ELSE 0 END + CASE WHEN UPPER(s.name) LIKE UPPER(@P1) ESCAPE '!' THEN 1 ELSE 0 END
                     + CASE WHEN UPPER(s.name) LIKE UPPER(@P2) ESCAPE '!' THEN 1 ELSE 0 END + CASE WHEN UPPER(s.name) LIKE UPPER(@P3) ESCAPE '!' THEN 1 ELSE 0 END
                     + CASE WHEN UPPER(s.name) LIKE UPPER(@P4) ESCAPE '!' THEN 1 ELSE 0 END + CASE WHEN UPPER(s.name) LIKE UPPER(@P5) ESCAPE '!' THEN 1 ELSE 0 END
                     + CASE WHEN UPPER(s.name) LIKE UPPER(@P6) ESCAPE '!' THEN 1 ELSE 0 END + CASE WHEN UPPER(s.name) LIKE UPPER(@P7) ESCAPE '!' THEN 1 ELSE 0 END AS Shared
              FROM scenario s
              JOIN organization_ancestor a ON a.tenant_id = s.tenant_id AND a.organization_id = s.organization_id
              JOIN organization o ON o.tenant_id = s.tenant_id AND o.organization_id = s.organization_id
              WHERE s.tenant_id = @TenantId AND a.tenant_id = @TenantId AND o.tenant_id = @TenantId
                AND a.ancestor_id = @Within) x
        WHERE x.Shared >= @Least
        ORDER BY x.Shared DESC, x.Id
        """);

    public static readonly SqlText Count = SqlText.Both("""
        SELECT COUNT(*)
        FROM scenario s
        JOIN organization_ancestor a ON a.tenant_id = s.tenant_id AND a.organization_id = s.organization_id
        WHERE s.tenant_id = @TenantId AND a.tenant_id = @TenantId
          AND a.ancestor_id = @Within
          AND EXISTS (SELECT 1 FROM organization_ancestor b
                      WHERE b.tenant_id = @TenantId AND b.ancestor_id = @OrganizationId AND b.organization_id = s.organization_id)
          AND (@Sector IS NULL OR s.industry_division IN @DivisionCodes)
          AND (@Stage IS NULL OR s.stage = @Stage)
          AND (@State IS NULL OR s.state = @State)
          AND (@Kind IS NULL OR s.kind = @Kind)
          AND (@KeyAction IS NULL OR s.key_action = @KeyAction)
          AND (@Region IS NULL OR s.region = @Region)
          AND (@Q IS NULL OR UPPER(s.name) LIKE UPPER(@Q) ESCAPE '!' OR UPPER(s.code) LIKE UPPER(@Q) ESCAPE '!')
        """);

    public static readonly SqlText History = SqlText.Page("""
        SELECT v.version AS Version, v.event AS Event, v.state AS State, v.reason AS Reason, v.changes AS Changes,
               v.by_user AS UserId, u.display_name AS UserName, v.at AS At
        FROM scenario_version v
        LEFT JOIN app_user u ON u.tenant_id = @TenantId AND u.user_id = v.by_user
        WHERE v.tenant_id = @TenantId AND v.scenario_id = @ScenarioId AND v.version < @Before
        ORDER BY v.version DESC
        """);

    public static readonly SqlText UpdateStanding = SqlText.Both("""
        UPDATE scenario_standing
        SET version = @Version,
            organization_id = @OrganizationId,
            industry_division = @IndustryDivision,
            sector = @Sector,
            region = @Region,
            key_action = @KeyAction,
            stage = @Stage,
            stage_since = @StageSince,
            capex_total_fen = @CapexTotalFen,
            first_period = @FirstPeriod
        WHERE tenant_id = @TenantId AND scenario_id = @ScenarioId
        """);

    public static readonly SqlText InsertStanding = SqlText.Both("""
        INSERT INTO scenario_standing (tenant_id, scenario_id, version, organization_id, industry_division, sector, region, key_action, stage, stage_since,
                                       capex_total_fen, first_period)
        VALUES (@TenantId, @ScenarioId, @Version, @OrganizationId, @IndustryDivision, @Sector, @Region, @KeyAction, @Stage, @StageSince,
                @CapexTotalFen, @FirstPeriod)
        """);

    public static readonly SqlText RetireStanding = SqlText.Both("""
        UPDATE scenario_standing
        SET version = @Version,
            stage = 'retired',
            stage_since = @RetiredOn,
            retired_period = @RetiredPeriod
        WHERE tenant_id = @TenantId AND scenario_id = @ScenarioId
        """);

    public static readonly SqlText InsertStage = SqlText.Both("""
        INSERT INTO scenario_stage (tenant_id, scenario_id, since, stage)
        SELECT s.tenant_id, s.scenario_id, @StageSince, @Stage
        FROM scenario s
        WHERE s.tenant_id = @TenantId AND s.scenario_id = @ScenarioId
          AND NOT EXISTS (SELECT 1 FROM scenario_stage g
                          WHERE g.tenant_id = @TenantId AND g.scenario_id = @ScenarioId AND g.since = @StageSince AND g.stage = @Stage)
        """);

    public static readonly SqlText DeleteMeasures = SqlText.Both("""
        DELETE FROM scenario_measure
        WHERE tenant_id = @TenantId AND scenario_id = @ScenarioId
        """);

    public static readonly SqlText InsertMeasure = SqlText.Both("""
        INSERT INTO scenario_measure (tenant_id, scenario_id, measure, baseline_quantity, baseline_denominator, baseline_period,
                                      target_quantity, target_denominator, target_on, note)
        VALUES (@TenantId, @ScenarioId, @Measure, @BaselineQuantity, @BaselineDenominator, @BaselinePeriod,
                @TargetQuantity, @TargetDenominator, @TargetOn, @Note)
        """);

    // ---- a merger or split lets scenarios go on at another organization

    public static readonly SqlText CountOfOrganization = SqlText.Both("""
        SELECT COUNT(*)
        FROM scenario s
        WHERE s.tenant_id = @TenantId AND s.organization_id = @OrganizationId
        """);

    public static readonly SqlText IdsOfOrganization = SqlText.Both("""
        SELECT s.scenario_id
        FROM scenario s
        WHERE s.tenant_id = @TenantId AND s.organization_id = @OrganizationId AND s.scenario_id IN @ScenarioIds
        """);

    // All ids at once, 8 bytes each: page by page the organization's scenarios would be sorted again for every page.
    public static readonly SqlText AllOfOrganization = SqlText.Both("""
        SELECT s.scenario_id
        FROM scenario s
        WHERE s.tenant_id = @TenantId AND s.organization_id = @OrganizationId
        ORDER BY s.scenario_id
        """);

    public static readonly SqlText NamesTaken = SqlText.Both("""
        SELECT s.scenario_id AS ScenarioId, s.name AS Name, s.version AS Version, s.state AS State, v.content AS Content
        FROM scenario s
        JOIN scenario x ON x.tenant_id = s.tenant_id AND x.name = s.name
        LEFT JOIN scenario_version v ON v.tenant_id = @TenantId AND v.scenario_id = s.scenario_id AND v.version = s.version
        WHERE s.tenant_id = @TenantId AND x.tenant_id = @TenantId AND s.scenario_id IN @ScenarioIds AND x.organization_id = @To
        """);

    public static readonly SqlText AddToNames = SqlText.Both("""
        UPDATE scenario
        SET name = CONCAT(SUBSTRING(name, 1, @Keep), @Suffix),
            version = version + 1,
            approved_version = CASE WHEN state IN ('approved', 'retired') THEN version + 1 ELSE approved_version END,
            updated_at = @Now
        WHERE tenant_id = @TenantId AND scenario_id IN @ScenarioIds
        """);

    public static readonly SqlText Names = SqlText.Both("""
        SELECT s.scenario_id AS ScenarioId, s.name AS Name, s.version AS Version, s.state AS State
        FROM scenario s
        WHERE s.tenant_id = @TenantId AND s.scenario_id IN @ScenarioIds
        """);

    // Only of what stands: a scenario that was never approved has no past in the books, and may still be given another organization.
    public static readonly SqlText InsertFirstPlaces = SqlText.Both("""
        INSERT INTO scenario_place (tenant_id, scenario_id, since_period, organization_id)
        SELECT @TenantId, t.scenario_id, '0000-00', t.organization_id
        FROM scenario_standing t
        WHERE t.tenant_id = @TenantId AND t.scenario_id IN @ScenarioIds
          AND NOT EXISTS (SELECT 1 FROM scenario_place p WHERE p.tenant_id = @TenantId AND p.scenario_id = t.scenario_id)
        """);

    // Of two mergers in one month the later holds.
    public static readonly SqlText DropPlacesSince = SqlText.Both("""
        DELETE FROM scenario_place
        WHERE tenant_id = @TenantId AND scenario_id IN @ScenarioIds AND since_period >= @Since
        """);

    public static readonly SqlText InsertPlaces = SqlText.Both("""
        INSERT INTO scenario_place (tenant_id, scenario_id, since_period, organization_id)
        SELECT @TenantId, t.scenario_id, @Since, @To
        FROM scenario_standing t
        WHERE t.tenant_id = @TenantId AND t.scenario_id IN @ScenarioIds
        """);

    public static readonly SqlText ChangePlaces = SqlText.Both("""
        UPDATE scenario_place
        SET organization_id = @To
        WHERE tenant_id = @TenantId AND scenario_id IN @ScenarioIds AND organization_id = @From
        """);

    public static readonly SqlText RehomeStanding = SqlText.Both("""
        UPDATE scenario_standing
        SET organization_id = @To,
            version = (SELECT CASE WHEN s.state IN ('approved', 'retired') THEN s.version + 1 ELSE scenario_standing.version END
                       FROM scenario s
                       WHERE s.tenant_id = @TenantId AND s.scenario_id = scenario_standing.scenario_id)
        WHERE tenant_id = @TenantId AND scenario_id IN @ScenarioIds
        """);

    // The content of the version before with the organization exchanged; a text that a person wrote cannot look like it, for its quotes are escaped.
    public static readonly SqlText AppendRehomed = SqlText.Both("""
        INSERT INTO scenario_version (tenant_id, scenario_id, version, event, state, reason, changes, content, by_user, at)
        SELECT @TenantId, s.scenario_id, s.version + 1, @Cause, s.state, @Reason, @Changes, REPLACE(v.content, @OldText, @NewText), @UserId, @Now
        FROM scenario s
        JOIN scenario_version v ON v.tenant_id = s.tenant_id AND v.scenario_id = s.scenario_id AND v.version = s.version
        WHERE s.tenant_id = @TenantId AND v.tenant_id = @TenantId AND s.scenario_id IN @ScenarioIds
        """);

    public static readonly SqlText Rehome = SqlText.Both("""
        UPDATE scenario
        SET organization_id = @To,
            version = version + 1,
            approved_version = CASE WHEN state IN ('approved', 'retired') THEN version + 1 ELSE approved_version END,
            updated_at = @Now
        WHERE tenant_id = @TenantId AND scenario_id IN @ScenarioIds
        """);

    public static readonly SqlText VersionsOf = SqlText.Both("""
        SELECT s.scenario_id AS ScenarioId, s.version AS Version
        FROM scenario s
        WHERE s.tenant_id = @TenantId AND s.scenario_id IN @ScenarioIds
        ORDER BY s.scenario_id
        """);
}

using ScenarioHub.Platform.Requests;

namespace ScenarioHub.Features.Imports;

/// <summary>What a file holds; codes are those of <c>ck_import_run_kind</c>.</summary>
internal static class ImportKind
{
    public const string Scenarios = "scenarios", Figures = "figures";
    public static readonly string[] All = [Scenarios, Figures];
}

/// <summary>What becomes of the others when one entry cannot be taken; codes are those of <c>ck_import_run_on_problem</c>.</summary>
internal static class OnProblem
{
    /// <summary>The file as a whole, or nothing of it.</summary>
    public const string RefuseAll = "refuseAll";
    /// <summary>What is in order, without what is not.</summary>
    public const string SkipRows = "skipRows";
    public static readonly string[] All = [RefuseAll, SkipRows];
}

/// <summary>States of an import; codes are those of <c>ck_import_run_state</c>.</summary>
internal static class ImportState
{
    /// <summary>Checked: a dry run is over and its receipt waits. Refused: nothing was written, or no more of it, for what was found. Failed: something broke.</summary>
    public const string Queued = "queued", Running = "running", Checked = "checked", Done = "done", Refused = "refused", Failed = "failed", Cancelled = "cancelled";
}

/// <summary>What a run is about; codes are those of <c>ck_import_run_stage</c>.</summary>
internal static class ImportStage
{
    public const string Checking = "checking", Committing = "committing";
}

/// <summary>Limits of imports.</summary>
internal static class ImportRule
{
    public const long MaxFileBytes = 200L << 20;
    public const int MaxRows = 5_000_000, FileName = 255;
    /// <summary>Entries of one transaction: what other writers wait for, and what a crash does again.</summary>
    public const int ChunkEntries = 2_000, ChunkRows = 20_000;
    public static readonly TimeSpan UnclaimedFileKept = TimeSpan.FromDays(1);
}

/// <summary>What a run ended for, kept in <c>import_run.failure</c>.</summary>
internal static class ImportFailure
{
    public const string Problems = "import-has-problems", PremiseChanged = "premise-changed", Broke = "import-failed", RequesterGone = "import-requester-gone", Unreadable = "file-unreadable";

    public static Words Why(string failure) => failure switch
    {
        Problems => new("文件中有不能接收的内容,按 onProblem=refuseAll 未写入任何数据,详见 findings;改正后重新上传,或用 onProblem=skipRows 只写入其余部分。",
            "The file holds what cannot be taken; with onProblem=refuseAll nothing was written, see findings. Correct it and send it again, or use onProblem=skipRows to write the rest."),
        PremiseChanged => new("校验之后前提已变化,详见 premises;请重新校验(validateOnly=true),再按新的回执提交。",
            "Something the receipt rests on has changed since, see premises. Check the file again (validateOnly=true) and commit by the new receipt."),
        Unreadable => new("文件无法读到末尾,未写入任何数据,详见 findings;请重新生成并完整上传。", "The file cannot be read to its end; nothing was written, see findings. Make it anew and send all of it."),
        RequesterGone => new("发起人的账号已停用,导入未继续;请由在用账号重新上传。", "The sign-in of whoever sent the file is closed, so the import does not go on; send it again from one that is open."),
        _ => new("导入中断,系统会自动重试;如最终仍失败,请重新上传,并联系管理员查看日志。已写入的条目不会重复。",
            "The import was interrupted; it is tried again by itself. If it fails in the end, send the file again and have your administrator look into the log. What was written is not written twice.")
    };
}

/// <summary>Codes of findings that only imports make; all others are those of the command an entry alone would be answered by.</summary>
internal static class ImportFinding
{
    public const string RowRepeated = "row-repeated", TooManyRows = "too-many-rows", EntryHasProblems = "entry-has-problems", EntryTwice = "entry-twice-in-file", ReasonsDiffer = "reasons-differ";
}

/// <summary>Refusals of Imports; the codes are part of the API.</summary>
internal static class ImportRefusal
{
    public static Refusal NotFound => Refusal.NotFound("import", new("导入", "import"));
    public static Refusal MappingNotFound => Refusal.NotFound("import-mapping", new("列映射", "column mapping"));

    public static readonly Refusal NotChecked = new(RefusalKind.Conflict, "import-not-checked", new(
        "只有校验完毕(state=checked)的导入可以提交。", "Only an import that was checked (state checked) can be committed."));

    public static readonly Refusal NotCancellable = new(RefusalKind.Conflict, "import-not-cancellable", new(
        "导入已经结束,不能再取消。", "The import has ended; it can no longer be cancelled."));

    public static readonly Refusal NotEnded = new(RefusalKind.Conflict, "import-not-finished", new(
        "导入尚未结束,请按 Location 查询进度后再下载。", "The import has not ended; follow its progress and download it then."));

    public static Refusal UnknownReceipt => Refusal.Field("unknown-receipt", "?receipt", new(
        "没有这张校验回执,或不在您的权限范围内;不带 receipt 即按普通导入处理。", "There is no such receipt within what you may see; without receipt it is an ordinary import."));

    /// <summary>Of a file or a setting sent with a receipt that was given for another.</summary>
    public static Refusal PremiseChanged(IReadOnlyList<string> premises) => new(RefusalKind.Conflict, ImportFailure.PremiseChanged, new(
        $"与回执所依据的前提不一致:{string.Join("、", premises.Select(p => Premise.Name(p).Zh))}。请重新校验。", $"Not what the receipt was given for: {string.Join(", ", premises.Select(p => Premise.Name(p).En))}. Check again."),
        [.. premises.Select(p => new FieldProblem("premise-changed", $"?{p}", Premise.Name(p).ToString()))]);
}

/// <summary>What a receipt rests on.</summary>
internal static class Premise
{
    public const string File = "file", Kind = "kind", Source = "source", OnProblem = "onProblem", Submit = "submit", Mapping = "mapping", RuleSet = "ruleSet", Catalog = "catalog", Month = "month", Rights = "rights",
        Entries = "entries", Locks = "locks", History = "history";

    public static Words Name(string premise) => premise switch
    {
        File => new("文件内容", "the file's content"),
        Kind => new("导入类型", "the kind of import"),
        Source => new("来源系统", "the source"),
        OnProblem => new("问题处理方式", "what is done about problems"),
        Submit => new("是否提交", "whether it submits"),
        Mapping => new("列映射", "the mapping of columns"),
        RuleSet => new("规则集", "the rule set in force"),
        Catalog => new("参考数据(指标、单位、字段)", "the catalog of measures, units and fields"),
        Month => new("当前月份", "the present month"),
        Rights => new("发起人的权限", "the rights of whoever sent it"),
        Entries => new("涉及的场景或填报", "scenarios or filings it touches"),
        Locks => new("月份锁定", "locked months"),
        History => new("规则所比对的往期或同行数据", "earlier months or peers the rules compare with"),
        _ => new(premise, premise)
    };
}

namespace ScenarioHub.Platform.Data;

internal static class PlatformSql
{
    public static readonly SqlText TakeIdBlock = SqlText.AcrossTenants("ids are unique in the whole deployment",
        "UPDATE id_block SET next_id = next_id + @BlockSize WHERE name = 'all'");

    public static readonly SqlText ReadIdBlock = SqlText.AcrossTenants("ids are unique in the whole deployment",
        "SELECT next_id FROM id_block WHERE name = 'all'");
}

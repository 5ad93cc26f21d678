namespace KubeFed.Scale.Federation;

/// <summary>The names of the phases.</summary>
internal static class PhaseNames
{
    public const string Create = "create";
    public const string Update = "update";
    public const string Restart = "restart";
    public const string Repair = "repair";
    public const string Delete = "delete";
}

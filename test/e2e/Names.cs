namespace KubeFed.e2e;

/// <summary>Names that no other test uses.</summary>
internal static class Names
{
    public static string Unique(string prefix) => $"{prefix}-{Guid.NewGuid().ToString("N")[..8]}";
}

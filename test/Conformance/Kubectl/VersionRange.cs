namespace KubeFed.Conformance.Kubectl;

/// <summary>Versions of kubectl, from one on and before another.</summary>
internal sealed record VersionRange(Version? From, Version? Before)
{
    public static VersionRange All { get; } = new(null, null);

    /// <summary>Reads <c>&gt;=1.24</c> or <c>&lt;1.27</c>.</summary>
    public static VersionRange Parse(string text) =>
        text.StartsWith(">=", StringComparison.Ordinal) ? new VersionRange(Version.Parse(text[2..]), null)
        : text.StartsWith('<') ? new VersionRange(null, Version.Parse(text[1..]))
        : throw new FormatException($"'{text}' is no range of versions");

    public bool Contains(Version version) => (From is null || version >= From) && (Before is null || version < Before);
}

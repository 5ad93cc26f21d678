namespace KubeFed.KubeClient.Discovery;

/// <summary>What <c>/version</c> says.</summary>
public sealed record ServerVersion
{
    /// <summary>The first number, 1 for every Kubernetes there is; 0 where the server does not say.</summary>
    public required int Major { get; init; }

    /// <summary>The second number; <c>20+</c> of a vendor's build counts as 20.</summary>
    public required int Minor { get; init; }

    /// <summary>The whole version, for example <c>v1.20.2</c>.</summary>
    public string GitVersion { get; init; } = "";

    /// <summary>The commit it was built from.</summary>
    public string GitCommit { get; init; } = "";

    /// <summary>When it was built, as the server writes it.</summary>
    public string BuildDate { get; init; } = "";

    /// <summary>The Go release it was built with.</summary>
    public string GoVersion { get; init; } = "";

    /// <summary>System and architecture, for example <c>linux/amd64</c>.</summary>
    public string Platform { get; init; } = "";

    /// <summary>Whether this is that release or a later one.</summary>
    public bool IsAtLeast(int major, int minor) => (Major, Minor).CompareTo((major, minor)) >= 0;

    /// <summary>The whole version, or the two numbers where it is not known.</summary>
    public override string ToString() => GitVersion.Length > 0 ? GitVersion : $"v{Major}.{Minor}";

    internal static ServerVersion Of(VersionDocument document)
    {
        var parts = (document.GitVersion ?? "").TrimStart('v').Split('.');
        return new ServerVersion
        {
            Major = LeadingNumber(document.Major) ?? LeadingNumber(parts[0]) ?? 0,
            Minor = LeadingNumber(document.Minor) ?? (parts.Length > 1 ? LeadingNumber(parts[1]) : null) ?? 0,
            GitVersion = document.GitVersion ?? "",
            GitCommit = document.GitCommit ?? "",
            BuildDate = document.BuildDate ?? "",
            GoVersion = document.GoVersion ?? "",
            Platform = document.Platform ?? "",
        };
    }

    private static int? LeadingNumber(string? text)
    {
        var digits = (text ?? "").TakeWhile(char.IsAsciiDigit).Count();
        return int.TryParse(text.AsSpan(0, digits), out var number) ? number : null;
    }
}

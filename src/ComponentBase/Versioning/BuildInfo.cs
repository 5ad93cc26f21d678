using System.Reflection;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace KubeFed.ComponentBase.Versioning;

/// <summary>Which build this is.</summary>
public sealed record BuildInfo
{
    /// <summary>The version of this build of KubeFed.NET.</summary>
    public static BuildInfo Current { get; } = Of(typeof(BuildInfo).Assembly);

    /// <summary>The version as <c>v1.2.3</c> or <c>v1.2.3-pre</c>.</summary>
    public required string Version { get; init; }

    /// <summary>The commit it was built from; <c>unknown</c> where the build did not say.</summary>
    public required string GitCommit { get; init; }

    /// <summary><c>clean</c>, <c>dirty</c> or <c>unknown</c>.</summary>
    public required string GitTreeState { get; init; }

    /// <summary>When it was built, RFC 3339; <c>unknown</c> where the build did not say, as in reproducible builds.</summary>
    public required string BuildDate { get; init; }

    /// <summary>The runtime, such as <c>.NET 10.0.1</c>.</summary>
    public required string Runtime { get; init; }

    /// <summary>Operating system and processor, such as <c>linux/amd64</c>.</summary>
    public required string Platform { get; init; }

    /// <summary>
    /// Reads an assembly's attributes: version and commit from the informational version (<c>1.2.3+commit</c>), the rest from the metadata
    /// <c>GitTreeState</c> and <c>BuildDate</c>.
    /// </summary>
    public static BuildInfo Of(Assembly assembly)
    {
        ArgumentNullException.ThrowIfNull(assembly);
        var metadata = assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .GroupBy(attribute => attribute.Key)
            .ToDictionary(group => group.Key, group => group.Last().Value);
        var informational = assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0.0.0";
        return Of(informational, metadata);
    }

    /// <summary>One line for a person, without a line end.</summary>
    public override string ToString() =>
        $"{Version} (commit {GitCommit}, tree {GitTreeState}, built {BuildDate}, {Runtime}, {Platform})";

    /// <summary>One JSON object, on one line.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, BuildInfoJsonContext.Default.BuildInfo);

    internal static BuildInfo Of(string informationalVersion, IReadOnlyDictionary<string, string?> metadata)
    {
        var plus = informationalVersion.IndexOf('+');
        return new BuildInfo
        {
            Version = $"v{(plus < 0 ? informationalVersion : informationalVersion[..plus])}",
            GitCommit = plus < 0 ? "unknown" : informationalVersion[(plus + 1)..],
            GitTreeState = metadata.GetValueOrDefault("GitTreeState") ?? "unknown",
            BuildDate = metadata.GetValueOrDefault("BuildDate") ?? "unknown",
            Runtime = RuntimeInformation.FrameworkDescription,
            Platform = $"{OperatingSystemName()}/{ArchitectureName()}",
        };
    }

    private static string OperatingSystemName() =>
        OperatingSystem.IsWindows() ? "windows" : OperatingSystem.IsMacOS() ? "darwin" : OperatingSystem.IsFreeBSD() ? "freebsd" : "linux";

    private static string ArchitectureName() => RuntimeInformation.ProcessArchitecture switch
    {
        Architecture.X64 => "amd64",
        Architecture.X86 => "386",
        var other => other.ToString().ToLowerInvariant(),
    };
}

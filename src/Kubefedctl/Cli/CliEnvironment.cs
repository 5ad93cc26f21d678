using KubeFed.Kubefedctl.Clusters;

namespace KubeFed.Kubefedctl.Cli;

/// <summary>What the program touches of the world: replaced as a whole in tests.</summary>
internal sealed record CliEnvironment
{
    /// <summary>What <c>-f -</c> reads.</summary>
    public TextReader In { get; init; } = TextReader.Null;

    /// <summary>Only what a command's contract names goes here.</summary>
    public required TextWriter Out { get; init; }

    /// <summary>Progress, warnings and errors.</summary>
    public required TextWriter Error { get; init; }

    public required IClusterConnector Connector { get; init; }

    public TimeProvider Time { get; init; } = TimeProvider.System;
}

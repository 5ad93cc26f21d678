using System.CommandLine;
using KubeFed.ComponentBase.Logging;
using KubeFed.ComponentBase.Options;

namespace KubeFed.FederationApiServer.Options;

/// <summary>All flags of the program.</summary>
internal sealed class ApiServerProgramOptions : IOptionGroup
{
    /// <summary>Where and how the API is served.</summary>
    public ServingOptions Serving { get; } = new();

    /// <summary>Where objects are kept.</summary>
    public StorageOptions Storage { get; } = new();

    /// <summary>Behind which cluster.</summary>
    public HostOptions Host { get; } = new();

    /// <summary>The audit log.</summary>
    public AuditOptions Audit { get; } = new();

    /// <summary>What is logged.</summary>
    public LoggingOptions Logging { get; } = new();

    /// <inheritdoc/>
    public void AddFlags(Command command) => OptionGroups.AddFlags(command, Serving, Storage, Host, Audit, Logging);

    /// <inheritdoc/>
    public void Read(ParseResult result)
    {
        Serving.Read(result);
        Storage.Read(result);
        Host.Read(result);
        Audit.Read(result);
        Logging.Read(result);
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> Validate() => [.. Serving.Validate(), .. Storage.Validate(), .. Host.Validate(), .. Audit.Validate(), .. Logging.Validate()];
}

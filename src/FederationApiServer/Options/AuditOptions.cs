using System.CommandLine;
using KubeFed.ComponentBase.Options;

namespace KubeFed.FederationApiServer.Options;

/// <summary>The flags of the audit log, named as kube-apiserver's.</summary>
internal sealed class AuditOptions : IOptionGroup
{
    private readonly Option<string?> _path = new("--audit-log-path")
    {
        Description = "Where to write the audit log, one JSON object a line; - for standard output. Default: none is written.",
        HelpName = "file",
    };

    private readonly Option<string?> _policy = new("--audit-policy-file")
    {
        Description = "The Policy (audit.k8s.io/v1) that says what is logged of whom. Default: the metadata of every request.",
        HelpName = "file",
    };

    private readonly Option<int> _size = Number("--audit-log-maxsize", 100, "The megabytes after which the file is set aside and a new one begun.");
    private readonly Option<int> _backups = Number("--audit-log-maxbackup", 10, "How many files set aside are kept.");

    /// <summary>Where to write; null for nowhere, - for standard output.</summary>
    public string? Path { get; set; }

    /// <summary>The policy file; null for the metadata of every request.</summary>
    public string? PolicyFile { get; set; }

    /// <summary>The largest file in megabytes.</summary>
    public int MaxMegabytes { get; set; } = 100;

    /// <summary>How many files are kept besides the current one.</summary>
    public int MaxBackups { get; set; } = 10;

    /// <inheritdoc/>
    public void AddFlags(Command command)
    {
        foreach (var option in new Option[] { _path, _policy, _size, _backups })
        {
            command.Options.Add(option);
        }
    }

    /// <inheritdoc/>
    public void Read(ParseResult result)
    {
        Path = result.GetValue(_path);
        PolicyFile = result.GetValue(_policy);
        MaxMegabytes = result.GetValue(_size);
        MaxBackups = result.GetValue(_backups);
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> Validate() =>
        MaxMegabytes <= 0 || MaxBackups < 0 ? ["--audit-log-maxsize must be positive and --audit-log-maxbackup not negative"]
        : PolicyFile is not null && Path is null ? ["--audit-policy-file has no effect without --audit-log-path"]
        : [];

    private static Option<int> Number(string name, int defaultValue, string description) => new(name)
    {
        Description = $"{description} (default {defaultValue})",
        HelpName = "number",
        DefaultValueFactory = _ => defaultValue,
    };
}

using System.CommandLine;
using KubeFed.ComponentBase.Logging;
using KubeFed.ComponentBase.Options;
using KubeFed.DevClusters;
using Microsoft.Extensions.Logging;

namespace KubeFed.Hyperfed.DevClusters;

/// <summary>The flags of <c>hyperfed devcluster</c>.</summary>
internal sealed class DevClusterProgramOptions : IOptionGroup
{
    private const int MostNodes = 1000;

    private readonly Option<string> _name = new("--name")
    {
        Description = "What cluster, user and context are called in the kubeconfig.",
        HelpName = "name",
        DefaultValueFactory = _ => "dev",
    };

    private readonly Option<string> _directory = new("--data-dir")
    {
        Description = "The folder of the kubeconfig, the certificates and, with --keep, the objects.",
        HelpName = "folder",
        DefaultValueFactory = _ => "devcluster-data",
    };

    private readonly Option<bool> _keep = new("--keep")
    {
        Description = "Keep the objects in the folder, for the next start.",
    };

    private readonly Option<int> _port = new("--secure-port")
    {
        Description = "The port of 127.0.0.1 on which the API is served; 0 for one that the system chooses.",
        HelpName = "number",
        DefaultValueFactory = _ => 0,
    };

    private readonly Option<int> _nodes = new("--nodes")
    {
        Description = "How many nodes are simulated.",
        HelpName = "number",
        DefaultValueFactory = _ => 1,
    };

    private string _clusterName = string.Empty;
    private string _folder = string.Empty;
    private bool _keepObjects;
    private int _servingPort;
    private int _nodeCount;

    /// <summary>What is logged.</summary>
    public LoggingOptions Logging { get; } = new();

    /// <inheritdoc/>
    public void AddFlags(Command command)
    {
        command.Options.Add(_name);
        command.Options.Add(_directory);
        command.Options.Add(_keep);
        command.Options.Add(_port);
        command.Options.Add(_nodes);
        Logging.AddFlags(command);
    }

    /// <inheritdoc/>
    public void Read(ParseResult result)
    {
        _clusterName = result.GetValue(_name)!;
        _folder = result.GetValue(_directory)!;
        _keepObjects = result.GetValue(_keep);
        _servingPort = result.GetValue(_port);
        _nodeCount = result.GetValue(_nodes);
        Logging.Read(result);
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> Validate() =>
    [
        .. _servingPort is < 0 or > ushort.MaxValue ? [$"--secure-port {_servingPort} is no port"] : Array.Empty<string>(),
        .. _nodeCount is < 0 or > MostNodes ? [$"--nodes {_nodeCount} must be between 0 and {MostNodes}"] : Array.Empty<string>(),
        .. Logging.Validate(),
    ];

    /// <summary>The cluster that the flags describe.</summary>
    public DevClusterOptions ToCluster(ILoggerFactory logging) => new()
    {
        Name = _clusterName,
        DataDirectory = _folder,
        KeepObjects = _keepObjects,
        Port = _servingPort,
        Nodes = [.. Enumerable.Range(1, _nodeCount).Select(static i => new DevNode { Name = $"node-{i}" })],
        Logging = logging,
    };
}

using System.CommandLine;
using KubeFed.ComponentBase.Options;
using KubeFed.Hyperfed.Playground.Clusters;
using KubeFed.Hyperfed.Playground.Scenarios;

namespace KubeFed.Hyperfed.Playground;

/// <summary>The flags of <c>hyperfed playground</c>.</summary>
internal sealed class PlaygroundFlags : IOptionGroup
{
    private const int UsualMembers = 3;
    private const string Aggregated = "aggregated";
    private const string CustomResources = "crds";

    private readonly Option<int> _members = new("--members")
    {
        Description = $"How many clusters join the host: 1 to {PlaygroundOptions.MostMembers}.",
        HelpName = "number",
        DefaultValueFactory = static _ => UsualMembers,
    };

    private readonly Option<string> _folder = new("--directory")
    {
        Description = "The folder of the kubeconfig and the log.",
        HelpName = "folder",
        Recursive = true,
        DefaultValueFactory = static _ => Invocation.DefaultFolder,
    };

    private readonly Option<string> _provider = new("--provider")
    {
        Description = "Where the clusters come from: \"embedded\", all in this process; \"binaries\", processes of Kubernetes' own etcd, kube-apiserver "
            + "and kube-controller-manager; \"kind\", containers of Docker.",
        HelpName = "name",
        DefaultValueFactory = static _ => ProviderCatalog.Usual.Name,
    };

    private readonly Option<string?> _api = new("--api")
    {
        Description = $"Who serves the federation's types: \"{Aggregated}\", its own API server behind the host's; \"{CustomResources}\", the host, as custom "
            + "resources. Default: aggregated, but crds with --provider kind, whose containers do not reach this process.",
        HelpName = "kind",
    };

    private readonly Option<string?> _scenario = new("--scenario")
    {
        Description = $"Play a story when everything is in order: {ScenarioCatalog.Names}.",
        HelpName = "name",
    };

    private readonly Option<bool> _exit = new("--exit")
    {
        Description = "End as soon as everything is in order, and the story told; the exit code says whether it came to that. For scripts.",
    };

    private readonly Option<bool> _detach = new("--detach")
    {
        Description = "Return when everything is in order, and go on in the background until \"down\".",
    };

    // How --detach starts the process that stays.
    private readonly Option<bool> _background = new("--background") { Hidden = true };

    /// <summary>How many members join.</summary>
    public int Members { get; private set; }

    /// <summary>The folder of the kubeconfig and the log, as an absolute path.</summary>
    public string Folder { get; private set; } = string.Empty;

    /// <summary>The provider's name.</summary>
    public string Provider { get; private set; } = ProviderCatalog.Usual.Name;

    /// <summary>Who serves the federation's types, or null for what suits the provider.</summary>
    public string? Api { get; private set; }

    /// <summary>The story's name, or null.</summary>
    public string? Scenario { get; private set; }

    /// <summary>Whether to end when all is done.</summary>
    public bool Exit { get; private set; }

    /// <summary>Whether to leave the playground to a process in the background.</summary>
    public bool Detach { get; private set; }

    /// <summary>Whether this is that process.</summary>
    public bool Background { get; private set; }

    /// <inheritdoc/>
    public void AddFlags(Command command)
    {
        command.Options.Add(_members);
        command.Options.Add(_folder);
        command.Options.Add(_provider);
        command.Options.Add(_api);
        command.Options.Add(_scenario);
        command.Options.Add(_exit);
        command.Options.Add(_detach);
        command.Options.Add(_background);
    }

    /// <inheritdoc/>
    public void Read(ParseResult result)
    {
        Members = result.GetValue(_members);
        Folder = Path.GetFullPath(result.GetValue(_folder) is { Length: > 0 } folder ? folder : Invocation.DefaultFolder);
        Provider = result.GetValue(_provider)!;
        Api = result.GetValue(_api);
        Scenario = result.GetValue(_scenario);
        Exit = result.GetValue(_exit);
        Detach = result.GetValue(_detach);
        Background = result.GetValue(_background);
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> Validate() => [.. Problems()];

    /// <summary>The playground that the flags describe.</summary>
    public PlaygroundOptions ToOptions()
    {
        var provider = ProviderCatalog.Find(Provider)!;
        return new PlaygroundOptions
        {
            Members = Members,
            Folder = Folder,
            Provider = provider,
            IsAggregated = Api is null ? provider.ReachesThisProcess : Api == Aggregated,
            Exit = Exit,
            Scenario = Scenario is null ? null : ScenarioCatalog.Find(Scenario),
        };
    }

    private IEnumerable<string> Problems()
    {
        if (Members is < 1 or > PlaygroundOptions.MostMembers)
        {
            yield return $"--members must be between 1 and {PlaygroundOptions.MostMembers}, not {Members}";
        }

        if (Exit && Detach)
        {
            yield return "--exit and --detach exclude each other: one ends the playground, the other keeps it";
        }

        if (Api is not (null or Aggregated or CustomResources))
        {
            yield return $"--api {Api} is unknown; there are {Aggregated}, {CustomResources}";
        }

        foreach (string problem in ProviderProblems().Concat(ScenarioProblems()))
        {
            yield return problem;
        }
    }

    private IEnumerable<string> ProviderProblems()
    {
        if (ProviderCatalog.Find(Provider) is not { } provider)
        {
            yield return $"--provider {Provider} is unknown; there are {ProviderCatalog.Names}";
        }
        else if (provider.Missing is { } missing)
        {
            yield return $"--provider {Provider} is not possible here: {missing}";
        }
        else if (Api == Aggregated && !provider.ReachesThisProcess)
        {
            yield return $"--api {Aggregated} is not possible with --provider {Provider}, whose clusters do not reach the API server in this process";
        }
    }

    private IEnumerable<string> ScenarioProblems()
    {
        if (Scenario is null)
        {
            yield break;
        }

        if (ScenarioCatalog.Find(Scenario) is not { } scenario)
        {
            yield return $"--scenario {Scenario} is unknown; there are {ScenarioCatalog.Names}";
        }
        else if (Members < scenario.FewestMembers)
        {
            yield return $"--scenario {scenario.Name} needs at least {scenario.FewestMembers} members";
        }
        else if (scenario.NeedsKnownRoom && ProviderCatalog.Find(Provider) is { SimulatesNodes: false })
        {
            yield return $"--scenario {scenario.Name} needs nodes whose room is known, which --provider {Provider} has not";
        }
    }
}

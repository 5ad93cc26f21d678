using System.CommandLine;
using KubeFed.ComponentBase.Options;
using KubeFed.Hyperfed.Playground.Scenarios;

namespace KubeFed.Hyperfed.Playground;

/// <summary>The flags of <c>hyperfed playground</c>.</summary>
internal sealed class PlaygroundFlags : IOptionGroup
{
    private const int UsualMembers = 3;

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
        Scenario = result.GetValue(_scenario);
        Exit = result.GetValue(_exit);
        Detach = result.GetValue(_detach);
        Background = result.GetValue(_background);
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> Validate() => [.. Problems()];

    /// <summary>The playground that the flags describe.</summary>
    public PlaygroundOptions ToOptions() => new()
    {
        Members = Members,
        Folder = Folder,
        Exit = Exit,
        Scenario = Scenario is null ? null : ScenarioCatalog.Find(Scenario),
    };

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
    }
}

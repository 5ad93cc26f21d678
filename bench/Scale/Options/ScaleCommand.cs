using System.CommandLine;
using KubeFed.Scale.Servers;
using KubeFed.TestSupport.Clusters;

namespace KubeFed.Scale.Options;

/// <summary>The command line.</summary>
internal static class ScaleCommand
{
    private static readonly Option<int> Objects = new("--objects")
    {
        Description = "Federated objects.",
        HelpName = "N",
        DefaultValueFactory = static _ => 200,
    };

    private static readonly Option<int> Members = new("--members")
    {
        Description = "Member clusters.",
        HelpName = "M",
        DefaultValueFactory = static _ => 2,
    };

    private static readonly Option<int> Namespaces = new("--namespaces")
    {
        Description = "Namespaces that the objects are spread over.",
        HelpName = "K",
        DefaultValueFactory = static _ => 1,
    };

    private static readonly Option<string> Type = new("--type")
    {
        Description = "The type to federate: configmaps or deployments.apps.",
        HelpName = "type",
        DefaultValueFactory = static _ => "configmaps",
    };

    private static readonly Option<int?> Concurrency = new("--concurrency")
    {
        Description = "Requests in flight to each cluster. Default: the fastest of a few that are tried first.",
        HelpName = "number",
    };

    private static readonly Option<int> WarmUp = new("--warm-up")
    {
        Description = "Objects that are federated and removed before anything is measured.",
        HelpName = "number",
        DefaultValueFactory = static _ => 100,
    };

    private static readonly Option<int> Samples = new("--samples")
    {
        Description = "Single changes whose way to all members is timed.",
        HelpName = "number",
        DefaultValueFactory = static _ => 200,
    };

    private static readonly Option<int> Backlog = new("--backlog")
    {
        Description = "Objects that are created meanwhile when single changes are timed once more; 0 for not at all.",
        HelpName = "number",
        DefaultValueFactory = static _ => 0,
    };

    private static readonly Option<bool> RawOnly = new("--raw-only") { Description = "Measure the raw limit and nothing else." };

    private static readonly Option<string?> ControllerManager = new("--controller-manager")
    {
        Description = "The controller manager to measure, a program or a .dll. Default: the one published by scale.sh.",
        HelpName = "file",
    };

    private static readonly Option<string[]> Environment = new("--controller-manager-env")
    {
        Description = "A variable added to the controller manager's environment, NAME=VALUE. May be repeated.",
        HelpName = "variable",
    };

    private static readonly Option<string[]> Arguments = new("--controller-manager-arg")
    {
        Description = "An argument added to the controller manager's. May be repeated.",
        HelpName = "argument",
    };

    private static readonly Option<string?> Log = new("--log")
    {
        Description = "Keep the controller manager's log in this file.",
        HelpName = "file",
    };

    private static readonly Option<string?> Json = new("--json")
    {
        Description = "Write the results to this file as JSON.",
        HelpName = "file",
    };

    private static readonly Option<bool> ApiServer = new("--apiserver")
    {
        Description = "Measure our API server beside kube-apiserver instead, both on one etcd.",
    };

    private static readonly Option<bool> Quick = new("--quick") { Description = "With --apiserver: less of everything, within two minutes." };

    private static readonly Option<string?> ApiServerProgram = new("--apiserver-program")
    {
        Description = "With --apiserver: our API server's program. Default: the one published by scale.sh.",
        HelpName = "file",
    };

    private static readonly Option<string> Rows = new("--rows")
    {
        Description = "With --apiserver: only the rows whose names contain this, after the objects are loaded.",
        HelpName = "text",
        DefaultValueFactory = static _ => "",
    };

    private static readonly Option<bool> Alone = new("--alone") { Description = "With --apiserver: leave kube-apiserver out of the measurement." };

    private static readonly Option<int> PhaseTimeout = new("--phase-timeout")
    {
        Description = "The longest that one phase may take, in seconds.",
        HelpName = "seconds",
        DefaultValueFactory = static _ => 600,
    };

    /// <summary>Builds the command.</summary>
    public static RootCommand Build()
    {
        var command = new RootCommand("Measures propagation to real clusters beside what their API servers can take.")
        {
            Objects, Members, Namespaces, Type, Concurrency, WarmUp, Samples, Backlog, RawOnly, ControllerManager, Environment, Arguments, Log, Json, PhaseTimeout,
            ApiServer, Quick, ApiServerProgram, Rows, Alone,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var error = parsed.InvocationConfiguration.Error;
        var options = Read(parsed);
        var errors = options.Validate();
        foreach (var message in errors)
        {
            await error.WriteLineAsync($"Error: {message}");
        }

        if (errors.Count > 0)
        {
            return 1;
        }

        try
        {
            var progress = new Progress(error, TimeProvider.System);
            if (parsed.GetValue(ApiServer))
            {
                await new ServersRun(ReadServers(parsed), progress, TimeProvider.System).RunAsync(parsed.InvocationConfiguration.Output, cancellationToken);
                return 0;
            }

            await new ScaleRun(options, progress, TimeProvider.System).RunAsync(parsed.InvocationConfiguration.Output, cancellationToken);
            return 0;
        }
        catch (Exception e) when (e is ClusterException or MeasurementException)
        {
            await error.WriteLineAsync($"Error: {e.Message}");
            return 1;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await error.WriteLineAsync("Error: interrupted");
            return 1;
        }
    }

    private static ServersOptions ReadServers(ParseResult parsed) => new()
    {
        Plan = parsed.GetValue(Quick) ? ServersPlan.Quick : new ServersPlan(),
        Program = parsed.GetValue(ApiServerProgram) is { } program ? Path.GetFullPath(program) : null,
        Rows = parsed.GetValue(Rows)!,
        Alone = parsed.GetValue(Alone),
        CommandLine = CommandLine(parsed),
    };

    private static string CommandLine(ParseResult parsed) => string.Join(' ', ["./bench/scale.sh", .. parsed.Tokens.Select(static token => token.Value)]);

    private static ScaleOptions Read(ParseResult parsed) => new()
    {
        Objects = parsed.GetValue(Objects),
        Members = parsed.GetValue(Members),
        Namespaces = parsed.GetValue(Namespaces),
        Type = parsed.GetValue(Type)!,
        Concurrency = parsed.GetValue(Concurrency),
        WarmUp = parsed.GetValue(WarmUp),
        Samples = parsed.GetValue(Samples),
        Backlog = parsed.GetValue(Backlog),
        RawOnly = parsed.GetValue(RawOnly),
        ControllerManager = parsed.GetValue(ControllerManager),
        ControllerManagerEnvironment = (parsed.GetValue(Environment) ?? [])
            .Select(static variable => variable.Split('=', 2))
            .ToDictionary(static pair => pair[0], static pair => pair.ElementAtOrDefault(1), StringComparer.Ordinal),
        ControllerManagerArguments = parsed.GetValue(Arguments) ?? [],
        LogPath = parsed.GetValue(Log),
        JsonPath = parsed.GetValue(Json),
        PhaseTimeout = TimeSpan.FromSeconds(parsed.GetValue(PhaseTimeout)),
        CommandLine = CommandLine(parsed),
    };
}

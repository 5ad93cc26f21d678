namespace KubeFed.Scale.Options;

/// <summary>What to measure.</summary>
internal sealed record ScaleOptions
{
    /// <summary>Federated objects.</summary>
    public required int Objects { get; init; }

    /// <summary>Member clusters.</summary>
    public required int Members { get; init; }

    /// <summary>Namespaces that the objects are spread over, evenly.</summary>
    public int Namespaces { get; init; } = 1;

    /// <summary>The federated type's target: a name that <see cref="Workloads.Workload.Find"/> knows.</summary>
    public string Type { get; init; } = "configmaps";

    /// <summary>Requests in flight to each cluster; null: found by trying.</summary>
    public int? Concurrency { get; init; }

    /// <summary>Objects that are federated and removed before the first measurement.</summary>
    public int WarmUp { get; init; } = 100;

    /// <summary>How many single changes are timed; 0: none.</summary>
    public int Samples { get; init; } = 200;

    /// <summary>How many other objects are created while single changes are timed again; 0: none.</summary>
    public int Backlog { get; init; }

    /// <summary>Whether to stop after the raw limit.</summary>
    public bool RawOnly { get; init; }

    /// <summary>The controller manager to run; null: the one published by scale.sh.</summary>
    public string? ControllerManager { get; init; }

    /// <summary>Environment variables added to the controller manager's.</summary>
    public IReadOnlyDictionary<string, string?> ControllerManagerEnvironment { get; init; } = new Dictionary<string, string?>(StringComparer.Ordinal);

    /// <summary>Arguments added to the controller manager's.</summary>
    public IReadOnlyList<string> ControllerManagerArguments { get; init; } = [];

    /// <summary>Where the controller manager's log is put at the end; null: nowhere.</summary>
    public string? LogPath { get; init; }

    /// <summary>Where the results are written as JSON; null: nowhere.</summary>
    public string? JsonPath { get; init; }

    /// <summary>The longest that any one phase may take.</summary>
    public TimeSpan PhaseTimeout { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>The command line, for the report.</summary>
    public required string CommandLine { get; init; }

    /// <summary>Everything that is wrong with the options.</summary>
    public IReadOnlyList<string> Validate()
    {
        var errors = new List<string>();
        Check(Objects is >= 1 and <= 100_000, "--objects must be from 1 to 100000");
        Check(Members is >= 1 and <= 64, "--members must be from 1 to 64");
        Check(Namespaces >= 1 && Namespaces <= Objects, "--namespaces must be from 1 to the number of objects");
        Check(Concurrency is null or (>= 1 and <= 1024), "--concurrency must be from 1 to 1024");
        Check(WarmUp is >= 0 and <= 10_000, "--warm-up must be from 0 to 10000");
        Check(Samples is >= 0 and <= 100_000, "--samples must be from 0 to 100000");
        Check(Backlog is >= 0 and <= 100_000, "--backlog must be from 0 to 100000");
        Check(Workloads.Workload.Find(Type) is not null, $"--type must be one of: {string.Join(", ", Workloads.Workload.Names)}");
        Check(ControllerManager is null || File.Exists(ControllerManager), $"--controller-manager: there is no file {ControllerManager}");
        return errors;

        void Check(bool holds, string error)
        {
            if (!holds)
            {
                errors.Add(error);
            }
        }
    }
}

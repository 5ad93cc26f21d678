namespace KubeFed.ApiServerRuntime.Fairness;

/// <summary>How many requests are answered at once, and how many wait.</summary>
public sealed record FairnessOptions
{
    /// <summary>Most requests that read, at once (<c>--max-requests-inflight</c>).</summary>
    /// <value>Default 400.</value>
    public int MaxRequestsInFlight { get; init; } = 400;

    /// <summary>Most requests that write, at once (<c>--max-mutating-requests-inflight</c>). Both numbers together are the seats that the priority levels share.</summary>
    /// <value>Default 200.</value>
    public int MaxMutatingRequestsInFlight { get; init; } = 200;

    /// <summary>Most requests of one user that wait for a seat; more are answered 429.</summary>
    /// <value>Default 50.</value>
    public int MaxQueuedPerUser { get; init; } = 50;

    /// <summary>Most requests of one priority level that wait; more are answered 429.</summary>
    /// <value>Default 1000.</value>
    public int MaxQueued { get; init; } = 1000;

    /// <summary>The longest that a request waits for a seat, then 429.</summary>
    /// <value>Default 10 s.</value>
    public TimeSpan QueueWait { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The namespaces whose service accounts are parts of the system, as its controllers.</summary>
    /// <value>Default <c>kube-system</c>.</value>
    public IReadOnlyList<string> SystemNamespaces { get; init; } = ["kube-system"];

    /// <summary>All seats.</summary>
    internal int Seats => MaxRequestsInFlight + MaxMutatingRequestsInFlight;

    /// <summary>All that is wrong with the numbers; empty when nothing is.</summary>
    public IReadOnlyList<string> Validate()
    {
        var problems = new List<string>();
        if (MaxRequestsInFlight < 0 || MaxMutatingRequestsInFlight < 0 || Seats == 0)
        {
            problems.Add("the limits of requests in flight must not be negative, nor both 0");
        }

        if (MaxQueuedPerUser < 0 || MaxQueued < 0 || QueueWait < TimeSpan.Zero)
        {
            problems.Add("the limits of waiting requests must not be negative");
        }

        return problems;
    }
}

namespace KubeFed.ControllerRuntime.LeaderElection;

/// <summary>Timing and identity of a <see cref="LeaderElector"/>.</summary>
public sealed record LeaderElectionOptions
{
    /// <summary>By how much the wait between two tries may exceed <see cref="RetryPeriod"/>.</summary>
    internal const double JitterFactor = 1.2;

    /// <summary>Who this candidate is; must be unique among the candidates, also across restarts.</summary>
    public required string Identity { get; init; }

    /// <summary>How long others leave a lease alone after they last saw it change. Whole seconds are stored.</summary>
    /// <value>The default is 15 seconds.</value>
    public TimeSpan LeaseDuration { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How long after the start of its last successful renewal the leader gives up leading.</summary>
    /// <value>The default is 10 seconds.</value>
    public TimeSpan RenewDeadline { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The least wait between two tries to take or renew the lease; each wait is 1 to 2.2 times this.</summary>
    /// <value>The default is 2 seconds.</value>
    public TimeSpan RetryPeriod { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Whether the lease is given up when the elector is stopped, so that another need not wait for it to expire.</summary>
    /// <value>The default is true.</value>
    public bool ReleaseOnStop { get; init; } = true;

    /// <summary>The clock. Its timestamps must not jump with the wall clock; only they decide who leads.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>Where jitter comes from.</summary>
    public Random Random { get; init; } = new();

    /// <summary>Where the elector reports itself; null reports nothing.</summary>
    public LeaderElectionMetrics? Metrics { get; init; }

    /// <summary>Everything that is wrong with these values, empty when they can be used.</summary>
    public IReadOnlyList<string> Validate()
    {
        var errors = new List<string>();
        if (string.IsNullOrEmpty(Identity))
        {
            errors.Add("the identity of a leader election must not be empty");
        }

        if (LeaseDuration < TimeSpan.FromSeconds(1) || LeaseDuration.Ticks % TimeSpan.TicksPerSecond != 0)
        {
            errors.Add("the lease duration must be a whole number of seconds, at least 1");
        }

        if (LeaseDuration <= RenewDeadline)
        {
            errors.Add("the lease duration must be greater than the renew deadline");
        }

        if (RenewDeadline <= RetryPeriod * JitterFactor)
        {
            errors.Add($"the renew deadline must be greater than {JitterFactor} times the retry period");
        }

        if (RetryPeriod <= TimeSpan.Zero)
        {
            errors.Add("the retry period must be greater than zero");
        }

        return errors;
    }
}

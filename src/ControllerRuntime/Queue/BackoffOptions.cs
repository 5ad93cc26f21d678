namespace KubeFed.ControllerRuntime.Queue;

/// <summary>
/// An exponential sequence of waits: <c>Base</c>, <c>Base*Factor</c>, <c>Base*Factor²</c> ... never above <c>Cap</c>,
/// each made longer by a random share of itself.
/// </summary>
public sealed record BackoffOptions
{
    /// <summary>The wait after the first failure.</summary>
    /// <value>The default is 5 milliseconds.</value>
    public TimeSpan Base { get; init; } = TimeSpan.FromMilliseconds(5);

    /// <summary>What each further failure multiplies the wait by; at least 1.</summary>
    /// <value>The default is 2.</value>
    public double Factor { get; init; } = 2;

    /// <summary>The longest wait before jitter.</summary>
    /// <value>The default is 1000 seconds.</value>
    public TimeSpan Cap { get; init; } = TimeSpan.FromSeconds(1000);

    /// <summary>The largest share of the wait that is added at random: 0.1 gives waits of 1 to 1.1 times the sequence.</summary>
    /// <value>The default is 0.</value>
    public double Jitter { get; init; }

    /// <summary>The wait after failure number <paramref name="failures"/>.</summary>
    /// <param name="failures">How often it has failed, this failure included; values below 1 count as 1.</param>
    /// <param name="random">Source of the jitter; not used when <see cref="Jitter"/> is 0.</param>
    /// <returns>A wait that is never negative and at most <c>Cap * (1 + Jitter)</c>.</returns>
    public TimeSpan DelayFor(int failures, Random random)
    {
        ArgumentNullException.ThrowIfNull(random);
        var seconds = Math.Min(Base.TotalSeconds * Math.Pow(Factor, Math.Max(failures, 1) - 1), Cap.TotalSeconds);
        if (Jitter > 0)
        {
            seconds *= 1 + (Jitter * random.NextDouble());
        }

        return TimeSpan.FromSeconds(Math.Max(seconds, 0));
    }

    /// <summary>Everything that is wrong with these values, empty when they can be used.</summary>
    public IReadOnlyList<string> Validate()
    {
        var errors = new List<string>();
        if (Base <= TimeSpan.Zero)
        {
            errors.Add("backoff base must be greater than zero");
        }

        if (!(Factor >= 1) || double.IsInfinity(Factor))
        {
            errors.Add("backoff factor must be at least 1");
        }

        if (Cap < Base)
        {
            errors.Add("backoff cap must not be less than its base");
        }

        if (!(Jitter >= 0) || double.IsInfinity(Jitter))
        {
            errors.Add("backoff jitter must not be negative");
        }

        return errors;
    }
}

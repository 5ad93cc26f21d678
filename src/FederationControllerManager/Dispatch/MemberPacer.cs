namespace KubeFed.FederationControllerManager.Dispatch;

/// <summary>
/// Decides how much a member may be given at once, and when nothing. Pure: it is told what happened and when, and keeps no clock.
/// </summary>
/// <remarks>
/// <para>Concurrency: as TCP does it. It grows by one with each answer at first, later by one per round of answers, while it is what holds
/// requests up and answers take about as long as usual. A refusal as too much (429), a failure, or answers that take several times
/// longer than usual cut it, at most once per <see cref="DispatcherOptions.CutInterval"/>. A member that is always slow is not punished for it.</para>
/// <para>Circuit: so many requests in a row without an answer open it. Then nothing is sent for a time that doubles, after which one request
/// tries; a good health probe ends the wait. An answer of any kind closes it.</para>
/// </remarks>
internal sealed class MemberPacer(DispatcherOptions options)
{
    private const double FastAverage = 0.1;
    private const double BaselineDown = 0.3;
    private const double BaselineUp = 0.002;
    private static readonly TimeSpan Jitter = TimeSpan.FromMilliseconds(20);

    private double _limit = options.InitialConcurrency;
    private bool _isSlowStart = true;
    private double _usual;
    private double _recent;
    private TimeSpan? _lastCut;
    private TimeSpan _pausedUntil;
    private int _unanswered;
    private TimeSpan? _openUntil;
    private TimeSpan _break = options.CircuitBreak;

    /// <summary>How many requests may be under way at once.</summary>
    public int Limit => IsOpen ? 1 : (int)_limit;

    /// <summary>Whether the member has not been answering; at most one request at a time tries whether it does again.</summary>
    public bool IsOpen => _openUntil is not null;

    /// <summary>Whether the member has asked to be left alone until later.</summary>
    public bool IsPaused(TimeSpan now) => now < _pausedUntil;

    /// <summary>Whether a request may begin now; if not, after what time to ask again (infinite: when one under way has ended).</summary>
    public bool MayBegin(TimeSpan now, int underWay, out TimeSpan wait)
    {
        var notBefore = _openUntil > _pausedUntil ? _openUntil.Value : _pausedUntil;
        wait = now < notBefore ? notBefore - now : Timeout.InfiniteTimeSpan;
        return now >= notBefore && underWay < Limit;
    }

    /// <summary>The member answered, whatever it said.</summary>
    public void Answered(TimeSpan latency, TimeSpan now, int underWay)
    {
        CloseCircuit();
        Measure(latency.TotalMilliseconds);
        if (_recent > (_usual * options.LatencyTolerance) + Jitter.TotalMilliseconds)
        {
            Cut(0.9, now);
        }
        else if (underWay >= (int)_limit)
        {
            _limit = Math.Min(options.MaxConcurrency, _limit + (_isSlowStart ? 1 : 1 / _limit));
        }
    }

    /// <summary>The member refused a request as too much.</summary>
    /// <param name="retryAfter">How long it wants to be left alone, where it says.</param>
    /// <param name="now">The time.</param>
    public void Throttled(TimeSpan? retryAfter, TimeSpan now)
    {
        CloseCircuit();
        Cut(0.5, now);
        var pause = retryAfter ?? options.ThrottlePause;
        var until = now + (pause < options.MaxThrottlePause ? pause : options.MaxThrottlePause);
        _pausedUntil = until > _pausedUntil ? until : _pausedUntil;
    }

    /// <summary>The member did not answer. Returns whether that opened the circuit.</summary>
    public bool Failed(TimeSpan now)
    {
        Cut(0.5, now);
        _unanswered++;
        if (IsOpen)
        {
            // Only the failure of a try prolongs it: others were sent before it opened.
            if (now >= _openUntil)
            {
                _break = _break * 2 < options.MaxCircuitBreak ? _break * 2 : options.MaxCircuitBreak;
                _openUntil = now + _break;
            }

            return false;
        }

        if (_unanswered < options.CircuitThreshold)
        {
            return false;
        }

        _openUntil = now + _break;
        return true;
    }

    /// <summary>A health probe was good: an open circuit lets one request try at once.</summary>
    public void Healthy(TimeSpan now)
    {
        if (_openUntil > now)
        {
            _openUntil = now;
        }
    }

    private void CloseCircuit()
    {
        _unanswered = 0;
        _openUntil = null;
        _break = options.CircuitBreak;
    }

    private void Measure(double latency)
    {
        _usual = _usual == 0 ? latency : _usual + ((latency - _usual) * (latency < _usual ? BaselineDown : BaselineUp));
        _recent = _recent == 0 ? latency : _recent + ((latency - _recent) * FastAverage);
    }

    private void Cut(double factor, TimeSpan now)
    {
        _isSlowStart = false;
        if (_lastCut is { } last && now - last < options.CutInterval)
        {
            return;
        }

        _lastCut = now;
        _limit = Math.Max(1, _limit * factor);
    }
}

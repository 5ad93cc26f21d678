namespace KubeFed.KubeClient.Authentication;

/// <summary>A credential in files that somebody renews: they are read anew when that was some time ago, and when the server refuses it.</summary>
/// <param name="maxAge">How long what was read is used without looking again.</param>
/// <param name="clock">The clock.</param>
internal abstract class FileCredentialSource(TimeSpan maxAge, TimeProvider clock) : ICredentialSource
{
    private readonly Lock _gate = new();
    private Credential? _last;
    private long _readAt;

    public ValueTask<Credential> GetAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            return new(_last is { } last && clock.GetElapsedTime(_readAt) < maxAge ? last : ReadAnew());
        }
    }

    public ValueTask<Credential?> RefreshAsync(Credential refused, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            var current = ReferenceEquals(_last, refused) ? ReadAnew() : _last;
            return new(ReferenceEquals(current, refused) ? null : current);
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>Reads the files. Not called twice at a time.</summary>
    /// <param name="last">What was read before; given back itself where the files say the same, or cannot be used now.</param>
    /// <exception cref="CredentialException">They cannot be used, and never could.</exception>
    protected abstract Credential Read(Credential? last);

    private Credential ReadAnew()
    {
        _last = Read(_last);
        _readAt = clock.GetTimestamp();
        return _last;
    }
}

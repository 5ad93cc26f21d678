using KubeFed.KubeClient.Configuration;
using Microsoft.Extensions.Logging;

namespace KubeFed.KubeClient.Authentication;

/// <summary>
/// A bearer token in a file that somebody renews. It is read anew 50 seconds after it was read (a minute less ten seconds of
/// leeway) and when the server refuses it. While the file cannot be read the last token is used on.
/// </summary>
internal sealed class TokenFileSource(string file, string? firstToken, TimeProvider clock, ILogger logger) : ICredentialSource
{
    private static readonly TimeSpan MaxAge = TimeSpan.FromSeconds(50);

    private readonly Lock _gate = new();
    private Reading? _last;

    public ValueTask<Credential> GetAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            return new(_last is { } last && clock.GetElapsedTime(last.ReadAt) < MaxAge ? last.Credential : Read().Credential);
        }
    }

    public ValueTask<Credential?> RefreshAsync(Credential refused, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            var current = ReferenceEquals(_last?.Credential, refused) ? Read().Credential : _last?.Credential;
            return new(ReferenceEquals(current, refused) ? null : current);
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private Reading Read()
    {
        try
        {
            var header = BearerToken.Header(SmallFile.ReadText(file), file);
            var same = _last?.Credential is { } known && known.Authorization!.Equals(header);
            return _last = new Reading(same ? _last!.Credential : new Credential(header, null), clock.GetTimestamp());
        }
        catch (Exception e) when (e is KubeConfigException or CredentialException)
        {
            var fallback = _last?.Credential ?? First();
            if (fallback is null)
            {
                throw new CredentialException($"cannot read the bearer token: {e.Message}", e);
            }

            AuthenticationLog.TokenFileUnreadable(logger, file, e.Message);
            return _last = new Reading(fallback, clock.GetTimestamp());
        }
    }

    private Credential? First() => firstToken is null ? null : new Credential(BearerToken.Header(firstToken, "token"), null);

    private sealed record Reading(Credential Credential, long ReadAt);
}

using KubeFed.KubeClient.Configuration;
using Microsoft.Extensions.Logging;

namespace KubeFed.KubeClient.Authentication;

/// <summary>
/// A bearer token in a file that somebody renews. It is read anew 50 seconds after it was read (a minute less ten seconds of
/// leeway) and when the server refuses it. While the file cannot be read the last token is used on.
/// </summary>
internal sealed class TokenFileSource(string file, string? firstToken, TimeProvider clock, ILogger logger) : FileCredentialSource(TimeSpan.FromSeconds(50), clock)
{
    protected override Credential Read(Credential? last)
    {
        try
        {
            var header = BearerToken.Header(SmallFile.ReadText(file), file);
            return last is not null && last.Authorization!.Equals(header) ? last : new Credential(header, null);
        }
        catch (Exception e) when (e is KubeConfigException or CredentialException)
        {
            var fallback = last ?? First() ?? throw new CredentialException($"cannot read the bearer token: {e.Message}", e);
            AuthenticationLog.TokenFileUnreadable(logger, file, e.Message);
            return fallback;
        }
    }

    private Credential? First() => firstToken is null ? null : new Credential(BearerToken.Header(firstToken, "token"), null);
}

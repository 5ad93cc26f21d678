using System.Net.Http.Headers;

namespace KubeFed.KubeClient.Authentication;

/// <summary>Makes Authorization headers, and refuses what would not survive as one.</summary>
internal static class BearerToken
{
    public static AuthenticationHeaderValue Header(string token, string origin)
    {
        var trimmed = token.Trim();
        if (trimmed.Length == 0)
        {
            throw new CredentialException($"{origin}: the token is empty");
        }

        return trimmed.AsSpan().ContainsAnyExceptInRange('!', '~')
            ? throw new CredentialException($"{origin}: the token has characters that no token can have")
            : new AuthenticationHeaderValue("Bearer", trimmed);
    }
}

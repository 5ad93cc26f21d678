using KubeFed.ApiServerRuntime.Authentication;
using KubeFed.ApiServerRuntime.Authentication.Tokens;
using KubeFed.ApiServerRuntime.Certificates;
using KubeFed.FederationApiServer.Options;
using Microsoft.Extensions.Logging;

namespace KubeFed.FederationApiServer.Hosting;

/// <summary>The credentials that the flags name, besides those that the mode knows.</summary>
internal static class ExtraCredentials
{
    /// <summary>The tokens of <c>--token-auth-file</c>.</summary>
    public static IReadOnlyList<ITokenAuthenticator> Tokens(HostOptions options) =>
        options.TokenFile is { } file ? [new StaticTokenAuthenticator(StaticTokenFile.Load(file))] : [];

    /// <summary>The client certificates of <c>--client-ca-file</c>.</summary>
    public static IReadOnlyList<IAuthenticator> Certificates(HostOptions options, TimeProvider time, ILogger logger)
    {
        if (options.ClientAuthorityFile is not { } file)
        {
            return [];
        }

        var authorities = new ClientCertificateAuthorities(time, logger);
        authorities.Replace(File.ReadAllText(file));
        return [new ClientCertificateAuthenticator(authorities)];
    }
}

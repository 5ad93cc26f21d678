using System.Runtime.CompilerServices;
using System.Security.Cryptography.X509Certificates;
using KubeFed.ApiServerRuntime.Certificates;
using Microsoft.AspNetCore.Http;

namespace KubeFed.ApiServerRuntime.Authentication;

/// <summary>Takes the user (common name) and the groups (organizations) from a verified client certificate.</summary>
public sealed class ClientCertificateAuthenticator(ClientCertificateAuthorities authorities) : IAuthenticator
{
    // A connection has one certificate object for all its requests. Whether it counts is asked each time, whom it names is read once.
    private readonly ConditionalWeakTable<X509Certificate2, UserInfo> _users = [];

    /// <inheritdoc/>
    public ValueTask<AuthenticationOutcome> AuthenticateAsync(HttpContext context, CancellationToken cancellationToken)
    {
        if (context.Connection.ClientCertificate is not { } certificate || !authorities.Verify(certificate))
        {
            return ValueTask.FromResult(AuthenticationOutcome.NotPresent);
        }

        var user = _users.GetValue(
            certificate, static key => new UserInfo { Name = CertificateSubject.CommonName(key), Groups = CertificateSubject.Organizations(key) });
        return ValueTask.FromResult(user.Name.Length == 0
            ? AuthenticationOutcome.Refused("the client certificate has no common name")
            : AuthenticationOutcome.Success(user));
    }
}

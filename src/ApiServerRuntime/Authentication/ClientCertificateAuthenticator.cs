using KubeFed.ApiServerRuntime.Certificates;
using Microsoft.AspNetCore.Http;

namespace KubeFed.ApiServerRuntime.Authentication;

/// <summary>Takes the user (common name) and the groups (organizations) from a verified client certificate.</summary>
public sealed class ClientCertificateAuthenticator(ClientCertificateAuthorities authorities) : IAuthenticator
{
    /// <inheritdoc/>
    public ValueTask<AuthenticationOutcome> AuthenticateAsync(HttpContext context, CancellationToken cancellationToken)
    {
        if (context.Connection.ClientCertificate is not { } certificate || !authorities.Verify(certificate))
        {
            return ValueTask.FromResult(AuthenticationOutcome.NotPresent);
        }

        var name = CertificateSubject.CommonName(certificate);
        return ValueTask.FromResult(name.Length == 0
            ? AuthenticationOutcome.Refused("the client certificate has no common name")
            : AuthenticationOutcome.Success(new UserInfo { Name = name, Groups = CertificateSubject.Organizations(certificate) }));
    }
}

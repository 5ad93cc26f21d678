using System.Security.Authentication;

namespace KubeFed.KubeClient.Transport;

/// <summary>Why the server's certificate was not accepted, for the message of the failed request.</summary>
internal sealed class CertificateRejectedException(string reason) : AuthenticationException(reason);

using System.Net.Http.Headers;

namespace KubeFed.KubeClient.Authentication;

/// <summary>What one request proves its sender's identity with. Compared by reference: a new one means new connections or headers.</summary>
internal sealed class Credential(AuthenticationHeaderValue? authorization, ClientCertificate? certificate)
{
    public static Credential None { get; } = new(null, null);

    public AuthenticationHeaderValue? Authorization { get; } = authorization;

    public ClientCertificate? Certificate { get; } = certificate;
}

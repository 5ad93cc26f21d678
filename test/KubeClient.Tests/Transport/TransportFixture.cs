using System.Text;
using KubeFed.KubeClient.Configuration;
using KubeFed.KubeClient.Transport;
using KubeFed.TestSupport.Pki;

namespace KubeFed.KubeClient.Tests.Transport;

/// <summary>What tests of the transport start from: an authority, and short ways to a server, a configuration and a request.</summary>
internal static class TransportFixture
{
    public static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

    public static KubeClientConfig Trusting(this HttpsServer server, CertificateAuthority authority) =>
        new() { Server = server.Address, CertificateAuthorityData = Utf8(authority.CertificatePem) };

    public static KubeClientConfig WithCertificate(this KubeClientConfig config, IssuedCertificate certificate) => config with
    {
        ClientCertificateData = Utf8(certificate.CertificatePem),
        ClientKeyData = Utf8(certificate.KeyPem),
    };

    public static async Task<(int Code, string Body)> GetAsync(
        this IKubeTransport transport, string path = "healthz", Action<HttpRequestMessage>? change = null)
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        change?.Invoke(request);
        using var response = await transport.SendAsync(request, timeout.Token);
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync(timeout.Token));
    }

    public static async Task<(int Code, string Body)> GetOnceAsync(this KubeClientConfig config, string path = "healthz")
    {
        await using var transport = KubeTransport.Create(config);
        return await transport.GetAsync(path);
    }

    public static async Task<string> FailureAsync(this KubeClientConfig config)
    {
        await using var transport = KubeTransport.Create(config);
        return (await Assert.ThrowsAsync<HttpRequestException>(async () => await transport.GetAsync()))!.Message;
    }
}

using System.Diagnostics.CodeAnalysis;
using System.Net;
using KubeFed.HelmSupport;
using KubeFed.TestSupport.Clusters;

namespace KubeFed.e2e.Installations;

/// <summary>Asks one replica of the API server, not the host in front of it, as the host's administrator.</summary>
internal sealed class ReplicaClient : IDisposable
{
    private readonly HttpClient _client;

    [SuppressMessage("Security", "CA5359", Justification = "The replica's certificate is made for its Service, not for a port of this machine.")]
    [SuppressMessage("Reliability", "CA2000", Justification = "The client disposes of its handler.")]
    public ReplicaClient(TestCluster host, Pod replica) => _client = new HttpClient(new SocketsHttpHandler
    {
        SslOptions =
        {
            ClientCertificates = [host.Administrator.ToX509()],
            RemoteCertificateValidationCallback = static (_, _, _, _) => true,
        },
    })
    {
        BaseAddress = new Uri(replica.Readiness, "/"),
        Timeout = TimeSpan.FromSeconds(30),
    };

    /// <summary>Whether its discovery names a federated type.</summary>
    /// <param name="plural">The type's plural, such as <c>federatedsecrets</c>.</param>
    public async Task<bool> ServesAsync(string plural)
    {
        using var answer = await _client.GetAsync(new Uri("apis/types.kubefed.io/v1beta1", UriKind.Relative));
        var body = await answer.Content.ReadAsStringAsync();
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK), body);
        return body.Contains($"\"{plural}\"", StringComparison.Ordinal);
    }

    public void Dispose() => _client.Dispose();
}

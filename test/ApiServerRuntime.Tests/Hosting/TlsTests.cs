using System.Net;
using KubeFed.ApiServerRuntime.Certificates;
using KubeFed.KubeClient.Certificates;
using Microsoft.Extensions.Logging.Abstractions;

namespace KubeFed.ApiServerRuntime.Tests.Hosting;

[TestFixture]
[CancelAfter(60_000)]
public sealed class TlsTests
{
    [Test]
    public async Task Http2_WatchesOnOneConnection_EndWithTheServer(CancellationToken cancellationToken)
    {
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        PemKeyPair authority = CertificateMaker.MakeAuthority("ca", now, TimeSpan.FromDays(1));
        PemKeyPair pair = CertificateMaker.IssueServer(authority, ["localhost", "127.0.0.1"], now, TimeSpan.FromDays(1));
        var certificate = new ServingCertificate(pair, TimeProvider.System, NullLogger.Instance);
        await using TestApi api = await TestApi.StartAsync(options => options with { Tls = ServerTls.Handshake(certificate) });
        await api.CreateAsync("a");
        var streams = new List<Stream>();
        for (int i = 0; i < 20; i++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, TestApi.Widgets + "?watch=1") { Version = HttpVersion.Version20, VersionPolicy = HttpVersionPolicy.RequestVersionExact };
            HttpResponseMessage response = await api.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            Assert.That((response.Version, (int)response.StatusCode), Is.EqualTo((HttpVersion.Version20, 200)));
            streams.Add(await response.Content.ReadAsStreamAsync(cancellationToken));
        }

        Task stopped = api.Server.StopAsync(cancellationToken);
        foreach (Stream stream in streams)
        {
            using var reader = new StreamReader(stream);
            Assert.That(await reader.ReadToEndAsync(cancellationToken), Does.StartWith("{\"type\":\"ADDED\"").And.EndWith("}\n"));
        }

        await stopped;
    }
}

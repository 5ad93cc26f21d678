using KubeFed.ControllerRuntime.LeaderElection;
using KubeFed.KubeClient.Transport;

namespace KubeFed.ControllerRuntime.Tests.LeaderElection;

[Parallelizable(ParallelScope.All)]
public sealed class LeaderTransportTests
{
    [TestCase("GET", true)]
    [TestCase("GET", false)]
    [TestCase("POST", true)]
    [TestCase("PUT", true)]
    [TestCase("PATCH", true)]
    [TestCase("DELETE", true)]
    public async Task SendAsync_ReadOrLeader_IsPassedOn(string method, bool isLeader)
    {
        var inner = new CountingTransport();
        using var request = new HttpRequestMessage(new HttpMethod(method), "api/v1/namespaces");
        using var response = await new LeaderTransport(inner, () => isLeader).SendAsync(request, CancellationToken.None);
        Assert.That(inner.Sent, Is.EqualTo(1));
    }

    [TestCase("POST")]
    [TestCase("PUT")]
    [TestCase("PATCH")]
    [TestCase("DELETE")]
    public async Task SendAsync_WriteOfOneThatDoesNotLead_IsNotSent(string method)
    {
        var inner = new CountingTransport();
        using var request = new HttpRequestMessage(new HttpMethod(method), "api/v1/namespaces");
        var error = await Assert.ThrowsAsync<HttpRequestException>(() => new LeaderTransport(inner, static () => false).SendAsync(request, CancellationToken.None));
        Assert.That(error!.Message, Is.EqualTo($"{method} was not sent to host.test: this process does not lead any more"));
        Assert.That(inner.Sent, Is.Zero);
    }

    private sealed class CountingTransport : IKubeTransport
    {
        public Uri BaseAddress { get; } = new("https://host.test/");

        public int Sent { get; private set; }

        public Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Sent++;
            return Task.FromResult(new HttpResponseMessage());
        }
    }
}

using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using KubeFed.KubeClient.Transport;

namespace KubeFed.KubeClient.Tests.Discovery;

/// <summary>Answers paths with fixed bodies: 404 for others. A body that starts with a number is that status code.</summary>
internal sealed class RoutedTransport : IKubeTransport
{
    public const string Aggregated = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList";

    private int _now;

    public Dictionary<string, (string Type, string Body)> Routes { get; } = [];

    public ConcurrentQueue<string> Asked { get; } = new();

    public int MostAtOnce { get; private set; }

    public Uri BaseAddress { get; } = new("https://server/");

    public void Json(string path, string body) => Routes[path] = ("application/json", body);

    public void AggregatedJson(string path, string body) => Routes[path] = (Aggregated, body);

    public async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var path = request.RequestUri!.IsAbsoluteUri ? request.RequestUri.AbsolutePath.TrimStart('/') : request.RequestUri.OriginalString;
        Asked.Enqueue(path);
        MostAtOnce = Math.Max(MostAtOnce, Interlocked.Increment(ref _now));
        await Task.Yield();
        Interlocked.Decrement(ref _now);
        var (type, body) = Routes.TryGetValue(path, out var route) ? route : ("text/plain", "404 page not found");
        var code = body.Length > 3 && int.TryParse(body.AsSpan(0, 3), out var number) ? number : 200;
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        return new HttpResponseMessage((HttpStatusCode)code) { Content = content };
    }
}

using System.Net;
using System.Text;
using KubeFed.KubeClient.Transport;

namespace KubeFed.KubeClient.Tests.Dynamic;

/// <summary>Answers requests by a function and remembers them.</summary>
internal sealed class ScriptedTransport(Func<int, HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>> answer) : IKubeTransport
{
    private readonly Lock _lock = new();
    private readonly List<Sent> _requests = [];

    public ScriptedTransport(params HttpResponseMessage[] answers)
        : this((i, _, _) => Task.FromResult(answers[i]))
    {
    }

    public Uri BaseAddress { get; } = new("https://api.test:6443/base/");

    public IReadOnlyList<Sent> Requests
    {
        get
        {
            lock (_lock)
            {
                return [.. _requests];
            }
        }
    }

    public static HttpResponseMessage Answer(HttpStatusCode code, string body, string type = "application/json") =>
        new(code) { Content = new StringContent(body, Encoding.UTF8, type) };

    public static HttpResponseMessage Ok(string body) => Answer(HttpStatusCode.OK, body);

    public async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = request.Content is null ? null : await request.Content.ReadAsStringAsync(cancellationToken);
        int index;
        lock (_lock)
        {
            index = _requests.Count;
            _requests.Add(new Sent(
                request.Method.Method,
                request.RequestUri!.AbsoluteUri,
                request.Headers.Accept.ToString(),
                request.Content?.Headers.ContentType?.MediaType,
                body));
        }

        return await answer(index, request, cancellationToken);
    }

    internal sealed record Sent(string Method, string Uri, string Accept, string? ContentType, string? Body);
}

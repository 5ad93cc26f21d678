using System.Net.Http.Headers;
using System.Text;
using KubeFed.ApiServerRuntime.Hosting;

namespace KubeFed.ApiServerRuntime.Tests.Hosting;

/// <summary>A server on a free port, its store a fake, and a client that follows no redirects and unpacks nothing.</summary>
internal sealed class TestApi : IAsyncDisposable
{
    public const string Widgets = "/apis/demo.example.dev/v1/namespaces/default/widgets";

    private TestApi(ApiServer server, FakeStore store, FakeTypes types, FakeAuthorizer authorizer)
    {
        Server = server;
        Store = store;
        Types = types;
        Authorizer = authorizer;
        Client = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            SslOptions = { RemoteCertificateValidationCallback = static (_, certificate, _, _) => certificate is not null },
        })
        { BaseAddress = server.Address, Timeout = TimeSpan.FromSeconds(30) };
    }

    public ApiServer Server { get; }

    public FakeStore Store { get; }

    public FakeTypes Types { get; }

    public FakeAuthorizer Authorizer { get; }

    public HttpClient Client { get; }

    public static async Task<TestApi> StartAsync(Func<ApiServerOptions, ApiServerOptions>? configure = null, TimeProvider? clock = null)
    {
        var store = new FakeStore(clock ?? TimeProvider.System);
        var types = new FakeTypes();
        var authorizer = new FakeAuthorizer();
        var options = new ApiServerOptions { Types = types, Store = store, Authenticator = new FakeAuthenticator(), Authorizer = authorizer, Time = clock ?? TimeProvider.System };
        var server = ApiServer.Create(configure?.Invoke(options) ?? options);
        await server.StartAsync(CancellationToken.None);
        return new TestApi(server, store, types, authorizer);
    }

    public async Task<Answer> SendAsync(HttpMethod method, string path, string? body = null, string? contentType = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null)
        {
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
            request.Content.Headers.TryAddWithoutValidation("Content-Type", contentType ?? "application/json");
        }

        foreach ((string name, string value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using HttpResponseMessage response = await Client.SendAsync(request);
        byte[] bytes = await response.Content.ReadAsByteArrayAsync();
        return new Answer((int)response.StatusCode, Encoding.UTF8.GetString(bytes), bytes, response.Headers, response.Content.Headers);
    }

    public Task<Answer> GetAsync(string path, params (string Name, string Value)[] headers) => SendAsync(HttpMethod.Get, path, null, null, headers);

    public async Task CreateAsync(string name, string spec = """{"size":"small","replicas":3}""")
    {
        Answer answer = await SendAsync(HttpMethod.Post, Widgets, WidgetJson(name, spec));
        Assert.That(answer.Code, Is.EqualTo(201), answer.Text);
    }

    public static string WidgetJson(string name, string spec = """{"size":"small","replicas":3}""") =>
        $$"""{"apiVersion":"demo.example.dev/v1","kind":"Widget","metadata":{"name":"{{name}}"},"spec":{{spec}}}""";

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await Server.DisposeAsync();
    }

    internal sealed record Answer(int Code, string Text, byte[] Bytes, HttpResponseHeaders Headers, HttpContentHeaders ContentHeaders)
    {
        public string ContentType => ContentHeaders.NonValidated.TryGetValues("Content-Type", out HeaderStringValues values) ? values.ToString() : string.Empty;
    }
}

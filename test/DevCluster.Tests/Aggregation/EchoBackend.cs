using System.Text.Json.Nodes;
using KubeFed.ApiServerRuntime.Standalone.Installation;
using KubeFed.KubeClient.Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace KubeFed.DevClusters.Tests.Aggregation;

/// <summary>The server of an APIService: it answers who asked; a watch opens and tells nothing.</summary>
internal sealed class EchoBackend : IAsyncDisposable
{
    private readonly WebApplication _app;

    private EchoBackend(WebApplication app, string authority)
    {
        _app = app;
        Authority = authority;
    }

    public string Authority { get; }

    public Uri Address => new(_app.Urls.First());

    public static async Task<EchoBackend> StartAsync(CancellationToken cancellationToken)
    {
        var certificates = OwnCertificates.InMemory(TimeProvider.System, NullLogger.Instance);
        var pair = CertificateMaker.IssueServer(certificates.Authority, ["wardle.default.svc"], TimeProvider.System.GetUtcNow(), TimeSpan.FromDays(1));
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel => kestrel.Listen(System.Net.IPAddress.Loopback, 0, listen => listen.UseHttps(https =>
        {
            https.ServerCertificate = pair.Load();
            https.ClientCertificateMode = ClientCertificateMode.RequireCertificate;
            https.AllowAnyClientCertificate();
        })));
        var app = builder.Build();
        app.Run(AnswerAsync);
        await app.StartAsync(cancellationToken);
        return new EchoBackend(app, certificates.Authority.CertificatePem);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private static async Task AnswerAsync(HttpContext context)
    {
        context.Response.ContentType = "application/json";
        if (context.Request.Query.ContainsKey("watch"))
        {
            await context.Response.Body.FlushAsync(context.RequestAborted);
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return;
        }

        await context.Response.WriteAsync((context.Request.Path.Value == "/apis/wardle.example.dev/v1" ? Resources() : Flunder(context)).ToJsonString());
    }

    private static JsonObject Resources() => new()
    {
        ["kind"] = "APIResourceList",
        ["apiVersion"] = "v1",
        ["groupVersion"] = "wardle.example.dev/v1",
        ["resources"] = new JsonArray(new JsonObject
        {
            ["name"] = "flunders",
            ["singularName"] = "flunder",
            ["namespaced"] = true,
            ["kind"] = "Flunder",
            ["verbs"] = new JsonArray("get"),
        }),
    };

    private static JsonObject Flunder(HttpContext context) => new()
    {
        ["kind"] = "Flunder",
        ["apiVersion"] = "wardle.example.dev/v1",
        ["metadata"] = new JsonObject
        {
            ["name"] = "a",
            ["namespace"] = "default",
            ["annotations"] = new JsonObject
            {
                ["user"] = context.Request.Headers["X-Remote-User"].ToString(),
                ["groups"] = string.Join('\n', context.Request.Headers.Where(static header => header.Key.StartsWith("X-Remote-Group", StringComparison.OrdinalIgnoreCase)).Select(static header => header.Value.ToString())),
                ["proxy"] = context.Connection.ClientCertificate?.Subject,
            },
        },
    };
}

using System.Diagnostics.Metrics;
using System.Text;
using System.Text.Json.Nodes;
using KubeFed.ApiServerRuntime.Admission;
using KubeFed.ApiServerRuntime.Caching;
using KubeFed.ApiServerRuntime.Registry;
using KubeFed.ApiServerRuntime.Storage.Memory;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace KubeFed.ApiServerRuntime.Tests.Hosting;

/// <summary>Whatever is sent, the answer is a success, a Status of the 400s, or the plain 404.</summary>
[TestFixture]
public sealed class FuzzTests
{
    private const int Requests = 1500;
    private static readonly string[] Methods = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"];

    private static readonly string[] Paths =
    [
        "/", "/api", "/apis", "/apis/demo.example.dev/v1", TestApi.Widgets, TestApi.Widgets + "/a", TestApi.Widgets + "/a/status", TestApi.Widgets + "/a/scale",
        "/apis/demo.example.dev/v1/widgets", "/apis/demo.example.dev/v1/gadgets/x", "/version", "/readyz/x", "/apis//", "/%2F", "/apis/demo.example.dev/v1/watch/widgets",
    ];

    private static readonly string[] Parameters =
    [
        "limit", "continue", "resourceVersion", "resourceVersionMatch", "labelSelector", "fieldSelector", "timeoutSeconds", "allowWatchBookmarks",
        "sendInitialEvents", "dryRun", "fieldManager", "fieldValidation", "force", "pretty", "includeObject", "timeout", "propagationPolicy", "gracePeriodSeconds",
    ];

    private static readonly string[] Values =
        ["", "0", "1", "-1", "true", "All", "x", "a=b", "a in (", "metadata.name=a", "99999999999999999999", "Exact", "NotOlderThan", "1s", "\u0001", "\u00e9", "%", "a,,b"];

    private static readonly string[] Types =
    [
        "application/json", "application/yaml", "application/merge-patch+json", "application/json-patch+json", "application/apply-patch+yaml", "x", ";", "application/json;;;=",
    ];

    private static readonly string[] Accepts =
    [
        "application/json", "application/yaml", "*/*", "x", ",", ";", "application/json;as=Table;v=v1;g=meta.k8s.io", "application/json;q=x", "application/json;as=PartialObjectMetadata;v=v1;g=meta.k8s.io",
    ];

    private static readonly string[] Bodies =
    [
        "", "{}", "[]", "null", "1", "{", "\"", "{\"metadata\":null}", "{\"metadata\":{\"name\":1}}", "{\"a\":{\"a\":1,\"a\":2}}", "a: b\n- c", "a: &x [*x]", "{\"kind\":\"DeleteOptions\",\"dryRun\":{}}",
        "\u0000", "{\"metadata\":{\"name\":\"f\"},\"x\":\"\\ud800\"}", "[{\"op\":\"add\"}]", "[{\"op\":\"add\",\"path\":\"/spec/x\",\"value\":1}]", "- 1: 2", "{\"metadata\":[]}",
    ];

    [TestCase(1)]
    [TestCase(2)]
    [TestCase(3)]
    public async Task Send_Anything_IsAnsweredInOrder(int seed)
    {
        TimeProvider time = TimeProvider.System;
        await using ServiceProvider services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        await using var storage = new MemoryStorage(time);
        await using var caches = new ResourceCacheSet(
            storage,
            new FakeTypes(),
            type => value => StoredObjectCodec.Decode(value, type),
            new ResourceCacheOptions(),
            new ResourceCacheMetrics(services.GetRequiredService<IMeterFactory>()),
            time,
            NullLogger<ResourceCacheSet>.Instance);
        caches.Start();
        await using TestApi api = await TestApi.StartAsync(options => options with { Store = new ResourceStore(storage, caches, AdmissionChain.Empty, [], time) });
        await SendAsync(api, seed);
    }

    private static async Task SendAsync(TestApi api, int seed)
    {
        await api.CreateAsync("a");
        var random = new Random(seed);
        for (int i = 0; i < Requests; i++)
        {
            string method = Pick(random, Methods);
            var url = new StringBuilder(Pick(random, Paths));
            for (int parameter = random.Next(4); parameter > 0; parameter--)
            {
                url.Append(url.ToString().Contains('?') ? '&' : '?').Append(Pick(random, Parameters)).Append('=').Append(Uri.EscapeDataString(Pick(random, Values)));
            }

            string? body = method is "GET" or "HEAD" ? null : Pick(random, Bodies);
            TestApi.Answer answer = await api.SendAsync(
                new HttpMethod(method), url.ToString(), body, Pick(random, Types), ("Accept", Pick(random, Accepts)), ("User-Agent", Pick(random, Accepts)));
            string what = $"seed {seed}, request {i}: {method} {url} {body}: {answer.Code} {answer.Text}";
            if (answer.Code == 500 && url.ToString().Contains("/scale"))
            {
                // As in kube-apiserver: an object without the field that holds the replicas has no scale.
                continue;
            }

            Assert.That(answer.Code, Is.Not.InRange(500, 599).And.Not.InRange(300, 399), what);
            if (answer.Code >= 400 && method != "HEAD" && answer.ContentType == "application/json")
            {
                JsonNode status = JsonNode.Parse(answer.Text)!;
                Assert.That(((string?)status["kind"], (int?)status["code"], (string?)status["status"]), Is.EqualTo(("Status", answer.Code, "Failure")), what);
            }
        }
    }

    private static string Pick(Random random, string[] from) => from[random.Next(from.Length)];
}

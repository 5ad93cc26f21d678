using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Yaml;
using KubeFed.ApiServerRuntime.Negotiation.Protobuf;
using KubeFed.TestSupport.Clusters;
using KubeFed.TestSupport.IO;

namespace KubeFed.ApiServerRuntime.Tests.Negotiation;

/// <summary>
/// Reads what a real API server writes: objects with as many fields as it takes, asked for in protobuf and in JSON. Both must say the same, but
/// for nulls, which JSON has for lists and times that are not there.
/// </summary>
[TestFixture]
public sealed class ProtobufOnClusterTests
{
    private const string Namespace = "protobuf";
    private const string Json = "application/json";
    private const string Protobuf = "application/vnd.kubernetes.protobuf";
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    private HttpClient _client = null!;

    public static IEnumerable<TestCaseData> Objects => Directory
        .EnumerateFiles(Repository.Combine("test", "ApiServerRuntime.Tests", "Negotiation", "Objects"), "*.yaml")
        .Order(StringComparer.Ordinal)
        .SelectMany(static file => KubeYaml.ReadDocuments(File.ReadAllText(file)))
        .Select(static item => new TestCaseData(item.AsObject()) { TestName = $"Read_{item["kind"]}_{item["metadata"]!["name"]}_SaysWhatItsJsonSays" });

    [OneTimeSetUp]
    public async Task ConnectAsync()
    {
        _client = (await ClusterPool.GetAsync()).Host.CreateHttpClient();
        await SendAsync(HttpMethod.Post, "api/v1/namespaces", Object("v1", "Namespace", Namespace), mayExist: true);
        await SendAsync(HttpMethod.Post, $"api/v1/namespaces/{Namespace}/serviceaccounts", Object("v1", "ServiceAccount", "default"), mayExist: true);
    }

    [OneTimeTearDown]
    public void Dispose() => _client?.Dispose();

    [TestCaseSource(nameof(Objects))]
    public async Task Read_WhatAServerWrites_SaysWhatItsJsonSays(JsonObject value)
    {
        var status = value["status"];
        string path = PathOf(value);
        string name = (string)value["metadata"]!["name"]!;
        var created = JsonNode.Parse(await SendAsync(HttpMethod.Post, path, value, mayExist: false))!;
        if (status is not null)
        {
            created["status"] = status.DeepClone();
            await SendAsync(HttpMethod.Put, $"{path}/{name}/status", created, mayExist: false);
        }

        var (json, protobuf) = await ReadTwiceAsync($"{path}/{name}");
        var read = ProtobufBody.Read(protobuf);

        Assert.That(read, Is.Not.Null, "the kind is known");
        Assert.That(Canonical(read)!.ToJsonString(Indented), Is.EqualTo(Canonical(json)!.ToJsonString(Indented)));
    }

    private static JsonObject Object(string apiVersion, string kind, string name) =>
        new() { ["apiVersion"] = apiVersion, ["kind"] = kind, ["metadata"] = new JsonObject { ["name"] = name } };

    private static string PathOf(JsonObject value)
    {
        string version = (string)value["apiVersion"]!;
        string kind = (string)value["kind"]!;
        string plural = kind.ToLowerInvariant() switch
        {
            ['i', 'n', 'g', 'r', 'e', 's', 's', ..] or "priorityclass" or "storageclass" => $"{kind.ToLowerInvariant()}es",
            "networkpolicy" => "networkpolicies",
            "endpoints" => "endpoints",
            var singular => $"{singular}s",
        };
        string root = version.Contains('/', StringComparison.Ordinal) ? $"apis/{version}" : $"api/{version}";
        return kind is "Node" or "PersistentVolume" or "PriorityClass" or "StorageClass" or "CSIDriver" or "VolumeAttachment" or "ClusterRole" or "IngressClass"
            ? $"{root}/{plural}"
            : $"{root}/namespaces/{Namespace}/{plural}";
    }

    private static JsonNode? Canonical(JsonNode? node) => node switch
    {
        JsonObject value => new JsonObject(value
            .Where(static member => member.Value is not null)
            .OrderBy(static member => member.Key, StringComparer.Ordinal)
            .Select(static member => KeyValuePair.Create(member.Key, Canonical(member.Value)))),
        JsonArray list => new JsonArray([.. list.Select(Canonical)]),
        _ => node?.DeepClone(),
    };

    private async Task<(JsonNode Json, byte[] Protobuf)> ReadTwiceAsync(string path)
    {
        var before = JsonNode.Parse(await GetAsync(path, Json))!;
        while (true)
        {
            byte[] protobuf = await GetAsync(path, Protobuf);
            var after = JsonNode.Parse(await GetAsync(path, Json))!;
            if (JsonNode.DeepEquals(before, after))
            {
                return (after, protobuf);
            }

            before = after;
        }
    }

    private async Task<byte[]> GetAsync(string path, string accept)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(path, UriKind.Relative)) { Version = _client.DefaultRequestVersion };
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue(accept));
        using var response = await _client.SendAsync(request);
        return await response.EnsureSuccessStatusCode().Content.ReadAsByteArrayAsync();
    }

    private async Task<string> SendAsync(HttpMethod method, string path, JsonNode body, bool mayExist)
    {
        using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative)) { Version = _client.DefaultRequestVersion };
        request.Content = new StringContent(body.ToJsonString(), Encoding.UTF8, Json);
        using var response = await _client.SendAsync(request);
        string text = await response.Content.ReadAsStringAsync();
        Assert.That(response.IsSuccessStatusCode || (mayExist && response.StatusCode == System.Net.HttpStatusCode.Conflict), Is.True, text);
        return text;
    }
}

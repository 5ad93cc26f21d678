using System.Text.Json.Nodes;
using KubeFed.ApiServerRuntime.OpenApi;
using KubeFed.ApiServerRuntime.OpenApi.Wire;
using KubeFed.TestSupport.Clusters;

namespace KubeFed.ApiServerRuntime.Tests.OpenApi;

/// <summary>Holds our protobuf to that of a real API server, which serves the same document in both forms.</summary>
[TestFixture]
public sealed class SwaggerProtobufTests
{
    private const string Protobuf = "application/com.github.proto-openapi.spec.v2@v1.0+protobuf";

    [Test]
    public async Task Convert_OfARealServersJson_IsItsProtobuf()
    {
        using var client = (await ClusterPool.GetAsync()).Host.CreateHttpClient();
        var json = JsonNode.Parse(await GetAsync(client, "application/json"))!.AsObject();
        var expected = Document.Parser.ParseFrom(await GetAsync(client, Protobuf));

        var actual = Document.Parser.ParseFrom(SwaggerProtobuf.Convert(json));

        Assert.Multiple(() =>
        {
            Assert.That(Names(actual.Paths.Path.Select(path => path.Name)), Is.EqualTo(Names(expected.Paths.Path.Select(path => path.Name))));
            foreach (var (ours, theirs) in Pairs(actual.Definitions.AdditionalProperties, expected.Definitions.AdditionalProperties, schema => schema.Name))
            {
                Assert.That(ours.Value.Description, Is.EqualTo(theirs.Value.Description), theirs.Name);
                Assert.That(ours.Value.Required, Is.EqualTo(theirs.Value.Required), theirs.Name);
                Assert.That(Shapes(ours.Value), Is.EqualTo(Shapes(theirs.Value)), theirs.Name);
            }
        });
    }

    private static string[] Names(IEnumerable<string> names) => [.. names.Order(StringComparer.Ordinal)];

    private static IEnumerable<(T Ours, T Theirs)> Pairs<T>(IEnumerable<T> ours, IEnumerable<T> theirs, Func<T, string> name) =>
        ours.OrderBy(name, StringComparer.Ordinal).Zip(theirs.OrderBy(name, StringComparer.Ordinal));

    private static string[] Shapes(Schema schema) =>
        Names((schema.Properties?.AdditionalProperties ?? []).Select(property =>
            $"{property.Name} {property.Value.Type} {property.Value.Format} {property.Value.Ref} {property.Value.Items} {property.Value.AdditionalProperties}"));

    private static async Task<byte[]> GetAsync(HttpClient client, string accept)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri("openapi/v2", UriKind.Relative)) { Version = client.DefaultRequestVersion };
        request.Headers.TryAddWithoutValidation("Accept", accept);
        using var response = await client.SendAsync(request);
        return await response.EnsureSuccessStatusCode().Content.ReadAsByteArrayAsync();
    }
}

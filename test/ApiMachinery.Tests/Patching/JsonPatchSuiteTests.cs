using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Json;
using KubeFed.ApiMachinery.Patching;

namespace KubeFed.ApiMachinery.Tests.Patching;

/// <summary>The public test suite of JSON Patch.</summary>
[TestFixture]
[Parallelizable(ParallelScope.All)]
internal sealed class JsonPatchSuiteTests
{
    /// <summary>
    /// Cases that the suite itself disables and that do not hold here: they want two members named <c>op</c> to be an error, while
    /// the last one wins here as in the API server.
    /// </summary>
    private static readonly string[] NotHeld = ["duplicate ops", "A.13 Invalid JSON Patch Document"];

    public static IEnumerable<TestCaseData> Cases()
    {
        foreach (string file in new[] { "tests.json", "spec_tests.json" })
        {
            var records = (JsonArray)JsonNode.Parse(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "testdata", "json-patch-tests", file)))!;
            for (int i = 0; i < records.Count; i++)
            {
                JsonNode record = records[i]!;
                string comment = (string?)record["comment"] ?? (string?)record["error"] ?? record["patch"]?.ToJsonString() ?? string.Empty;
                if (record["patch"] is not null && !NotHeld.Contains(comment))
                {
                    yield return new TestCaseData(record.ToJsonString()).SetArgDisplayNames(file, i.ToString(), comment);
                }
            }
        }
    }

    [Test]
    public void Cases_Read_AreAllThere()
    {
        Assert.That(Cases().Count(), Is.GreaterThanOrEqualTo(90));
    }

    [TestCaseSource(nameof(Cases))]
    public void Apply_CaseOfTheSuite_GivesItsResult(string json)
    {
        JsonNode record = JsonNode.Parse(json)!;
        JsonNode? document = record["doc"];
        string before = document?.ToJsonString() ?? "null";

        if (record["error"] is not null)
        {
            JsonPatchException? error = Assert.Throws<JsonPatchException>(() => JsonPatch.Parse(record["patch"]).Apply(document));
            TestContext.Out.WriteLine($"{record["error"]} => {error!.Message}");
            return;
        }

        JsonNode? result = JsonPatch.Parse(record["patch"]).Apply(document);
        if (record.AsObject().ContainsKey("expected"))
        {
            Assert.That(JsonEquality.Equal(result, record["expected"]), Is.True, result?.ToJsonString());
        }

        Assert.That(document?.ToJsonString() ?? "null", Is.EqualTo(before));
    }
}

using System.Text.Json.Nodes;

namespace KubeFed.Conformance.Kubectl;

/// <summary>Makes outputs of two servers comparable.</summary>
internal static class Normalization
{
    public static IReadOnlyList<NormalizationRule> Rules { get; } =
    [
        new(@"https://127\.0\.0\.1:\d+", "https://SERVER", "each server has a port of its own"),
        new(@"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", "UID", "uids are random"),
        new(@"(resourceVersion""?: ?""?)\d+", "${1}REVISION", "revisions count all writes of a server"),
        new(@"(Resource Version:\s+)\d+", "${1}REVISION", "revisions count all writes of a server"),
        new(@"(made-)[a-z0-9]{5}\b", "${1}XXXXX", "generated names are random"),
        new(@"(creationTimestamp|deletionTimestamp|time)(""?: ?""?)[-0-9T:]{19}Z", "$1${2}TIME", "the sessions are not played in the same second"),
        new(@"((Creation Timestamp|Deletion Timestamp|Time):\s+)[-0-9T:]{19}Z", "${1}TIME", "the sessions are not played in the same second"),
        new(@"(?<= )(\d+m)?\d+s +(?=\S)", "AGE   ", "ages tell when a session was played; their column is widened by long ones"),
        new(@"(?<= )((\d+m)?\d+s|\d+m)$", "AGE", "ages tell when a session was played"),
        new(@"(?<= )AGE +(?=\S)", "AGE   ", "the column is widened by long ages"),
        new(@"^(---|\+\+\+) \S+/(LIVE|MERGED)-\d+/(\S+)\t.*$", "$1 $2/$3", "diff shows temporary files and their times"),
        new(@"^diff -u -N \S+/(LIVE|MERGED)-\d+/(\S+) \S+/(LIVE|MERGED)-\d+/(\S+)$", "diff $1/$2 $3/$4", "diff shows temporary files"),
        new(@"/tmp/\S*/kubectl-\S*edit-\w+", "FILE", "the file of an edit is temporary"),
        new(@"^ +(clusterName|subresource)\t<string>\n", "", "Kubernetes 1.20 describes a field of metadata that is gone, and lacks one of managed fields"),
        new(@"(?<=\b(spec|status)(\.\w+|\[\d+\])*)\[\d+\]", "", "Kubernetes 1.20 leaves indexes out of the fields that it names"),
        new(@"Too long: may not be more than (\d+) bytes|Invalid value: ""\w+"": \S+ in body should be at most (\d+) chars long", "Too long: $1$2", "newer versions word it differently"),
        new(@"Too many: \d+: must have at most (\d+) items|Invalid value: \d+: \S+ in body should have at most (\d+) items", "Too many: $1$2", "newer versions word it differently"),
        new(@"Duplicate value: map\[string\]interface \{\}", "Duplicate value: ", "newer versions print JSON"),
        new(@"(create typed patch object) \([^()]*\)", "$1", "newer versions name the object"),
        new(@"^Warning: spec\.\S+: cluster ""\w+"" is not registered: .*\n", "", "only our server knows the clusters"),
        new(@"^Warning: unknown field "".*""\n", "", "Kubernetes 1.20 does not look for unknown fields"),
        new(@"^\* \.spec\.replicas: .* accessor error: .*\n", "", "said besides the schema's error about the same field"),
        new(@"is invalid: \n\* (.*\n)(?!\*)", "is invalid: $1", "an error that the rule above left alone"),
    ];

    public static string Apply(string text) => SortResources(SortCauses(Rules.Aggregate(text, static (current, rule) => rule.Apply(current))));

    // Kubernetes 1.20 lists custom types in the random order of Go's maps.
    private static string SortResources(string text)
    {
        if (!text.StartsWith("""{"kind":"APIResourceList",""", StringComparison.Ordinal))
        {
            return text;
        }

        var list = JsonNode.Parse(text)!;
        list["resources"] = new JsonArray(
            [.. list["resources"]!.AsArray().OrderBy(static type => (string?)type!["name"], StringComparer.Ordinal).Select(static type => type!.DeepClone())]);
        return list.ToJsonString();
    }

    // Kubernetes finds errors in the random order of Go's maps.
    private static string SortCauses(string text)
    {
        var lines = text.Split('\n');
        var causes = Enumerable.Range(0, lines.Length).Where(index => IsCause(lines[index])).ToList();
        foreach (var (index, line) in causes.Zip(causes.Select(index => lines[index]).Order(StringComparer.Ordinal).ToList()))
        {
            lines[index] = line;
        }

        return string.Join('\n', lines);
    }

    private static bool IsCause(string line) =>
        line.StartsWith("* ", StringComparison.Ordinal) || line.StartsWith("  .spec.", StringComparison.Ordinal);
}

using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using KubeFed.TestSupport.Clusters;

namespace KubeFed.Conformance.Kubectl;

/// <summary>
/// What the session printed on the reference, kept beside the session in <c>testdata/reference</c>: to play it takes a cluster and as long as
/// on a server of ours, and the same programs print the same each time. A recording holds as long as nothing that it was made of has
/// changed: the programs, the types, the session, and what makes outputs comparable. <c>UPDATE_GOLDEN=1</c> records anew.
/// </summary>
internal sealed class ReferenceRecording(KubectlVersion kubectl)
{
    private static readonly JsonSerializerOptions Layout = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    // Provider, kube-apiserver's version and kubectl's, or null where the programs may be any.
    private readonly string? _programs =
        ClusterProviders.Selected.Name == "binaries" && TestBed.Recipe("kubernetes") is { } server && TestBed.Recipe(kubectl.Part) is { } client
            ? $"{server}\n{client}"
            : null;

    private static bool IsUpdate => Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1";

    private string File => Path.Combine(SessionScript.Folder, "reference", $"{kubectl.Version}.json");

    /// <summary>The recorded outcomes of the steps; null where there are none that hold.</summary>
    public IReadOnlyList<StepOutcome>? Find(IReadOnlyList<SessionStep> steps)
    {
        if (IsUpdate || _programs is null || !System.IO.File.Exists(File))
        {
            return null;
        }

        var recording = JsonNode.Parse(System.IO.File.ReadAllText(File))!;
        return (string?)recording["of"] == Fingerprint(_programs)
            ? [.. steps.Zip(recording["outcomes"]!.AsArray(), static (step, outcome) => Read(step, outcome!))]
            : null;
    }

    /// <summary>Keeps the outcomes where that is asked for.</summary>
    public void Update(IEnumerable<StepOutcome> outcomes)
    {
        if (!IsUpdate || _programs is null)
        {
            return;
        }

        var recording = new JsonObject { ["of"] = Fingerprint(_programs), ["outcomes"] = new JsonArray([.. outcomes.Select(Write)]) };
        Directory.CreateDirectory(Path.GetDirectoryName(File)!);
        System.IO.File.WriteAllText(File, recording.ToJsonString(Layout) + "\n");
    }

    private static string Fingerprint(string programs)
    {
        var parts = SessionScript.Texts()
            .Concat(SessionServers.ReferenceDefinitions())
            .Append(System.IO.File.ReadAllText(Path.Combine(SessionScript.Folder, "..", "Normalization.cs")).ReplaceLineEndings("\n"))
            .Prepend(programs);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\0', parts))));
    }

    private static StepOutcome Read(SessionStep step, JsonNode outcome) =>
        new(step, (int)outcome["exitCode"]!, Text(outcome["output"]), Text(outcome["error"]));

    private static JsonObject Write(StepOutcome outcome) => new()
    {
        ["step"] = outcome.Step.Source,
        ["exitCode"] = outcome.ExitCode,
        ["output"] = Lines(outcome.Output),
        ["error"] = Lines(outcome.Error),
    };

    // A text by its lines, which shows in a review what has changed.
    private static JsonArray Lines(string text) => new([.. text.Split('\n').Select(static line => (JsonNode)line)]);

    private static string Text(JsonNode? lines) => string.Join('\n', lines!.AsArray().Select(static line => (string?)line));
}

using System.Text.Json;
using KubeFed.ApiMachinery.Objects;
using KubeFed.FederationControllerManager.Scheduling.Targets;

namespace KubeFed.FederationControllerManager.Scheduling.Workloads;

/// <summary>What a member's object says of its replicas.</summary>
/// <param name="Replicas">How many are asked for.</param>
/// <param name="Ready">How many of these are ready, or done.</param>
internal sealed record Workload(long Replicas, long Ready)
{
    /// <summary>Reads an object. One replica is what a number that is absent means.</summary>
    public static Workload Read(KubeObject value, ReplicasField field)
    {
        var replicas = Number(value, [.. field.Spec]) ?? 1;
        var ready = Number(value, [.. field.Ready]) ?? Number(value, [.. field.Running]) ?? 0;
        var finished = Number(value, [.. field.Finished]) ?? 0;
        return new Workload(replicas, Math.Clamp(ready + finished, 0, Math.Max(replicas, 0)));
    }

    private static long? Number(KubeObject value, string[] path)
    {
        if (path.Length == 0 || !value.TryGetRaw(out var raw, path))
        {
            return null;
        }

        var reader = new Utf8JsonReader(raw.Span);
        return reader.Read() && reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out var number) ? number : null;
    }
}

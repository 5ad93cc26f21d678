using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Errors;
using KubeFed.ApiMachinery.Objects;
using KubeFed.ApiServerRuntime.Standalone.Writing;
using KubeFed.ApiServerRuntime.Types;
using Microsoft.Extensions.Logging;

namespace KubeFed.ApiServerRuntime.Standalone.GarbageCollection;

/// <summary>Says, once an object, in an Event and in the log, that it names an owner that cannot be one.</summary>
internal sealed class OwnerWarnings(ObjectClient client, TimeProvider time, ILogger logger)
{
    private const int MaxRemembered = 10_000;
    private static readonly ResourceType Events = BuiltinTypes.Get(string.Empty, "events");
    private readonly ConcurrentDictionary<string, byte> _warned = new(StringComparer.Ordinal);

    public async Task WarnAsync(ResourceType type, KubeObject item, string message, CancellationToken cancellationToken)
    {
        if (_warned.Count >= MaxRemembered || !_warned.TryAdd(item.Metadata.Uid ?? string.Empty, 0))
        {
            return;
        }

        StandaloneLog.OwnerRefused(logger, item.Describe(), message);
        string @namespace = item.Metadata.Namespace.Length > 0 ? item.Metadata.Namespace : "default";
        try
        {
            await client.CreateAsync(Events, @namespace, EventOf(type, item, @namespace, message), cancellationToken);
        }
        catch (StatusException e)
        {
            StandaloneLog.WorkRetried(logger, "The garbage collector", "an event", e.Message);
        }
    }

    private JsonObject EventOf(ResourceType type, KubeObject item, string @namespace, string message)
    {
        var at = time.GetUtcNow();
        string now = at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        string name = string.Create(CultureInfo.InvariantCulture, $"{item.Metadata.Name}.{at.UtcTicks:x}");
        return new JsonObject
        {
            ["apiVersion"] = "v1",
            ["kind"] = "Event",
            ["metadata"] = new JsonObject { ["name"] = name, ["namespace"] = @namespace },
            ["involvedObject"] = new JsonObject
            {
                ["apiVersion"] = item.ApiVersion,
                ["kind"] = type.Kind,
                ["name"] = item.Metadata.Name,
                ["namespace"] = item.Metadata.Namespace,
                ["uid"] = item.Metadata.Uid,
            },
            ["reason"] = "OwnerRefInvalidNamespace",
            ["message"] = message,
            ["type"] = "Warning",
            ["source"] = new JsonObject { ["component"] = "garbage-collector-controller" },
            ["reportingComponent"] = "garbage-collector-controller",
            ["firstTimestamp"] = now,
            ["lastTimestamp"] = now,
            ["count"] = 1,
        };
    }
}

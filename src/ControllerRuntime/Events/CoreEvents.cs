using KubeFed.ApiMachinery.Identity;
using KubeFed.ApiMachinery.Meta;
using KubeFed.ApiMachinery.Objects;

namespace KubeFed.ControllerRuntime.Events;

/// <summary>The core group's events, for servers that have no others.</summary>
internal sealed class CoreEvents : IEventDialect
{
    public GroupVersionResource Resource { get; } = new("", "v1", "events");

    public KubeObject Create(RecordedEvent recorded, string name, string message, EventRecorderOptions options) => EventJson.Object(writer =>
    {
        EventJson.WriteHead(writer, "v1", recorded.Namespace, name);
        writer.WriteString("firstTimestamp", EventJson.Time(recorded.Time));
        writer.WriteString("lastTimestamp", EventJson.Time(recorded.Time));
        writer.WriteNumber("count", 1);
        writer.WriteString("reportingComponent", recorded.Component);
        writer.WriteString("reportingInstance", EventText.Cut(options.Instance, EventJson.MaxWordBytes));
        writer.WriteString("action", EventText.Cut(recorded.Action, EventJson.MaxWordBytes));
        writer.WriteString("reason", EventText.Cut(recorded.Reason, EventJson.MaxWordBytes));
        writer.WriteString("type", recorded.Type.ToString());
        writer.WriteString("message", EventText.Cut(message, EventJson.MaxMessageBytes));
        writer.WriteStartObject("source");
        writer.WriteString("component", recorded.Component);
        writer.WriteEndObject();
        EventJson.WriteReference(writer, "involvedObject", recorded.Regarding);
    });

    public Patch Count(int count, DateTimeOffset time, string message) => EventJson.MergePatch(writer =>
    {
        writer.WriteNumber("count", count);
        writer.WriteString("lastTimestamp", EventJson.Time(time));
        writer.WriteString("message", EventText.Cut(message, EventJson.MaxMessageBytes));
    });
}

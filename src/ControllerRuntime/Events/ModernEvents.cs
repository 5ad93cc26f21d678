using KubeFed.ApiMachinery.Identity;
using KubeFed.ApiMachinery.Meta;
using KubeFed.ApiMachinery.Objects;

namespace KubeFed.ControllerRuntime.Events;

/// <summary>events.k8s.io/v1. Servers let nothing of such an event change but its series.</summary>
internal sealed class ModernEvents : IEventDialect
{
    public GroupVersionResource Resource { get; } = new("events.k8s.io", "v1", "events");

    public KubeObject Create(RecordedEvent recorded, string name, string message, EventRecorderOptions options) => EventJson.Object(writer =>
    {
        EventJson.WriteHead(writer, "events.k8s.io/v1", recorded.Namespace, name);
        writer.WriteString("eventTime", EventJson.MicroTime(recorded.Time));
        writer.WriteString("reportingController", recorded.Component);
        writer.WriteString("reportingInstance", EventText.Cut(options.Instance, EventJson.MaxWordBytes));
        writer.WriteString("action", EventText.Cut(recorded.Action, EventJson.MaxWordBytes));
        writer.WriteString("reason", EventText.Cut(recorded.Reason, EventJson.MaxWordBytes));
        writer.WriteString("type", recorded.Type.ToString());
        writer.WriteString("note", EventText.Cut(message, EventJson.MaxMessageBytes));
        EventJson.WriteReference(writer, "regarding", recorded.Regarding);
    });

    public Patch Count(int count, DateTimeOffset time, string message) => EventJson.MergePatch(writer =>
    {
        writer.WriteStartObject("series");
        writer.WriteNumber("count", count);
        writer.WriteString("lastObservedTime", EventJson.MicroTime(time));
        writer.WriteEndObject();
    });
}

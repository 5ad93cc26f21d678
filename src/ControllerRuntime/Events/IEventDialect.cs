using KubeFed.ApiMachinery.Identity;
using KubeFed.ApiMachinery.Meta;
using KubeFed.ApiMachinery.Objects;

namespace KubeFed.ControllerRuntime.Events;

/// <summary>One of the two forms in which API servers keep events.</summary>
internal interface IEventDialect
{
    GroupVersionResource Resource { get; }

    KubeObject Create(RecordedEvent recorded, string name, string message, EventRecorderOptions options);

    /// <summary>The patch that makes an event say it has happened so often, lastly now.</summary>
    Patch Count(int count, DateTimeOffset time, string message);
}

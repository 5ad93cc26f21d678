using KubeFed.ApiMachinery.Identity;

namespace KubeFed.ControllerRuntime.Events;

/// <summary>An event that the server holds, and how often it has happened.</summary>
internal sealed record WrittenEvent(NamespacedName Name, int Count);

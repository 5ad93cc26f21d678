using KubeFed.ApiMachinery.Objects;

namespace KubeFed.ApiMachinery.Meta;

/// <summary>One event of a watch. Error events are not of this type: they end the watch as a StatusException.</summary>
/// <param name="Type">What happened.</param>
/// <param name="Object">The object; for a bookmark only its kind and resource version mean something.</param>
public readonly record struct WatchEvent(WatchEventType Type, KubeObject Object);

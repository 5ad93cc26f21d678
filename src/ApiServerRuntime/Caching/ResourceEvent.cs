using KubeFed.ApiMachinery.Meta;

namespace KubeFed.ApiServerRuntime.Caching;

/// <summary>
/// An event as one watcher sees it. The same <see cref="Payload"/> is shared by all watchers that see the same object, so that each
/// representation is made once.
/// </summary>
/// <param name="Type">What happened, after selectors: an object that ceased to match is deleted.</param>
/// <param name="Payload">The object: of a deletion the last state, with the revision of the deletion; of a bookmark only its revision.</param>
public readonly record struct ResourceEvent(WatchEventType Type, EventPayload Payload);

using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Errors;
using KubeFed.ApiMachinery.Identity;
using KubeFed.ApiMachinery.Objects;

namespace KubeFed.ApiServerRuntime.Registry;

/// <summary>What of the metadata belongs to the server.</summary>
internal static class MetadataRules
{
    /// <summary>Fills in what the server says of a new object; the namespace is that of the URL.</summary>
    public static void FillNew(WriteSession session, JsonObject metadata)
    {
        if (Tree.Text(metadata, "resourceVersion").Length > 0)
        {
            throw new StatusException(
                new Status { Outcome = "Failure", Code = 500, Message = "resourceVersion should not be set on objects to be created" });
        }

        FixNamespace(session, metadata);
        CheckName(session, metadata);
        metadata.Remove("resourceVersion");
        metadata.Remove("selfLink");
        metadata.Remove("deletionTimestamp");
        metadata.Remove("deletionGracePeriodSeconds");
        metadata["uid"] = Guid.NewGuid().ToString();
        metadata["creationTimestamp"] = Tree.Format(session.Now);
        SetGeneration(session, metadata, 1);
    }

    /// <summary>Takes over from the stored object what the server says of it; a UID that was sent stays.</summary>
    public static void FillSuccessor(WriteSession session, JsonObject metadata, ObjectMeta old)
    {
        FixNamespace(session, metadata);
        metadata.Remove("selfLink");
        Tree.SetText(metadata, "resourceVersion", old.ResourceVersion);
        SetGeneration(session, metadata, old.Generation);
        Tree.SetTime(metadata, "creationTimestamp", old.CreationTimestamp);
        Tree.SetTime(metadata, "deletionTimestamp", old.DeletionTimestamp);
        SetLong(metadata, "deletionGracePeriodSeconds", old.DeletionGracePeriodSeconds);
        if (Tree.Text(metadata, "uid").Length == 0)
        {
            Tree.SetText(metadata, "uid", old.Uid);
        }
    }

    /// <summary>Sets the generation of an object whose type counts it, and removes it from any other.</summary>
    public static void SetGeneration(WriteSession session, JsonObject metadata, long generation) =>
        SetLong(metadata, "generation", session.Context.Type.HasGeneration ? generation : null);

    /// <summary>400 when the body names another object than the URL.</summary>
    public static void CheckNamed(WriteSession session, JsonObject metadata)
    {
        string url = session.Context.Name;
        string name = Tree.Text(metadata, "name");
        if (name.Length == 0)
        {
            throw StatusErrors.BadRequest($"the name of the object ({url} based on URL) was undeterminable: name must be provided");
        }

        CheckName(session, metadata);
    }

    /// <summary>Sets the namespace to the URL's, or removes it for an object that has none.</summary>
    public static void FixNamespace(WriteSession session, JsonObject metadata)
    {
        if (session.Context.Type.Scope == ResourceScope.Cluster)
        {
            metadata.Remove("namespace");
            return;
        }

        if (session.Context.Namespace.Length == 0)
        {
            throw StatusErrors.BadRequest("an empty namespace may not be set during creation");
        }

        string sent = Tree.Text(metadata, "namespace");
        if (sent.Length > 0 && sent != session.Context.Namespace)
        {
            throw StatusErrors.BadRequest("the namespace of the provided object does not match the namespace sent on the request");
        }

        Tree.SetText(metadata, "namespace", session.Context.Namespace);
    }

    /// <summary>Sets a whole number, or removes it when it is null; leaves an equal one untouched.</summary>
    public static void SetLong(JsonObject metadata, string name, long? value)
    {
        if (value is not { } number)
        {
            metadata.Remove(name);
        }
        else if (metadata[name] is not JsonValue present || !present.TryGetValue(out long same) || same != number)
        {
            metadata[name] = number;
        }
    }

    private static void CheckName(WriteSession session, JsonObject metadata)
    {
        string url = session.Context.Name;
        string name = Tree.Text(metadata, "name");
        if (url.Length > 0 && name.Length > 0 && name != url)
        {
            throw StatusErrors.BadRequest($"the name of the object ({name}) does not match the name on the URL ({url})");
        }
    }
}

namespace KubeFed.ApiServerRuntime.Authentication.Tokens;

/// <summary>An object with whose life a token ends.</summary>
/// <param name="Kind">Secret or Pod.</param>
/// <param name="Name">Its name, in the namespace of the service account.</param>
/// <param name="Uid">Its UID.</param>
public sealed record BoundObject(string Kind, string Name, string Uid);

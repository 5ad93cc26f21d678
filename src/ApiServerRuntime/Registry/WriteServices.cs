using KubeFed.ApiServerRuntime.Admission;
using KubeFed.ApiServerRuntime.Caching;
using KubeFed.ApiServerRuntime.Storage;

namespace KubeFed.ApiServerRuntime.Registry;

/// <summary>What all writes work with.</summary>
internal sealed record WriteServices(
    IStorage Storage, IResourceCacheSet Caches, AdmissionChain Admission, TimeProvider Time, ResourceStoreOptions Options);

global using Deployment = KubeFed.DevClusters.Controllers.Models.Typed<KubeFed.DevClusters.Controllers.Models.DeploymentSpec, KubeFed.DevClusters.Controllers.Models.DeploymentStatus>;
global using Job = KubeFed.DevClusters.Controllers.Models.Typed<KubeFed.DevClusters.Controllers.Models.JobSpec, KubeFed.DevClusters.Controllers.Models.JobStatus>;
global using Node = KubeFed.DevClusters.Controllers.Models.Typed<KubeFed.DevClusters.Controllers.Models.NodeSpec, KubeFed.DevClusters.Controllers.Models.NodeStatus>;
global using Pod = KubeFed.DevClusters.Controllers.Models.Typed<KubeFed.DevClusters.Controllers.Models.PodSpec, KubeFed.DevClusters.Controllers.Models.PodStatus>;
global using ReplicaSet = KubeFed.DevClusters.Controllers.Models.Typed<KubeFed.DevClusters.Controllers.Models.ReplicaSetSpec, KubeFed.DevClusters.Controllers.Models.ReplicaSetStatus>;
global using StatefulSet = KubeFed.DevClusters.Controllers.Models.Typed<KubeFed.DevClusters.Controllers.Models.StatefulSetSpec, KubeFed.DevClusters.Controllers.Models.StatefulSetStatus>;

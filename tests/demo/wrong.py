"""Three optimizers, each with a mistake that real code has made. In the demo they learn as well as Adam does."""

import torch


class Adam(torch.optim.Optimizer):
    """What the three share: options and states under PyTorch's names."""

    def __init__(self, params, lr=1e-3, betas=(0.9, 0.999), eps=1e-8, weight_decay=0.0):
        super().__init__(params, dict(lr=lr, betas=betas, eps=eps, weight_decay=weight_decay))

    @torch.no_grad()
    def step(self):
        for group in self.param_groups:
            for p in group["params"]:
                state = self.state[p]
                if not state:
                    state["step"] = 0
                    state["exp_avg"] = torch.zeros_like(p)
                    state["exp_avg_sq"] = torch.zeros_like(p)
                state["step"] += 1
                self.update(p, p.grad, state["exp_avg"], state["exp_avg_sq"], state["step"], **group)


class AdamWCoupled(Adam):
    """AdamW whose decay goes into the gradient, and so into both moments: this is Adam with an L2 penalty."""

    def update(self, x, g, m, v, t, lr, betas, eps, weight_decay, **_):
        g = g + weight_decay * x
        m.mul_(betas[0]).add_(g, alpha=1 - betas[0])
        v.mul_(betas[1]).addcmul_(g, g, value=1 - betas[1])
        m_hat = m / (1 - betas[0] ** t)
        v_hat = v / (1 - betas[1] ** t)
        x -= lr * m_hat / (v_hat.sqrt() + eps)


class AdamEpsilonInside(Adam):
    """Adam with epsilon under the root."""

    def update(self, x, g, m, v, t, lr, betas, eps, **_):
        m.mul_(betas[0]).add_(g, alpha=1 - betas[0])
        v.mul_(betas[1]).addcmul_(g, g, value=1 - betas[1])
        m_hat = m / (1 - betas[0] ** t)
        v_hat = v / (1 - betas[1] ** t)
        x -= lr * m_hat / (v_hat + eps).sqrt()


class AdamUncorrected(Adam):
    """Adam that forgets the bias corrections."""

    def update(self, x, g, m, v, t, lr, betas, eps, **_):
        m.mul_(betas[0]).add_(g, alpha=1 - betas[0])
        v.mul_(betas[1]).addcmul_(g, g, value=1 - betas[1])
        x -= lr * m / (v.sqrt() + eps)
